import { RestageError } from "./restage-error.ts";

/** The code of an error, for an event; `null` for one that is none of ours, whose words could hold anything. */
export function toCode(error: unknown): string | null {
  return RestageError.is(error) ? error.code : null;
}
