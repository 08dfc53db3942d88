import { RestageError } from "../../errors/restage-error.ts";

/** The folder of settings and runs cannot be made, written to or read. */
export class FolderUnusableError extends RestageError {
  static override readonly code = "folder_unusable";
  declare readonly folder: string;

  constructor(folder: string, cause: unknown) {
    const { code, path, message = String(cause) } = cause as NodeJS.ErrnoException;
    const reason = code === undefined ? message : [code, path].filter(Boolean).join(" ");
    super(`${folder} cannot be used to keep settings and runs (${reason}). RESTAGE_DATA names another folder, DATABASE_URL a database`, {
      folder,
      cause,
    });
  }
}
