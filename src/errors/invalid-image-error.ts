import { RestageError } from "./restage-error.ts";

/** The photo is none: not an image that the models read, empty, too large, or not to be found. Holds no part of it. */
export class InvalidImageError extends RestageError {
  static override readonly code = "invalid_image";

  constructor(reason: string) {
    super(`The photo cannot be used: ${reason}`);
  }
}
