import { RestageError } from "../../errors/restage-error.ts";

/** The folder of settings and runs cannot be made, written to or read. */
export class FolderUnusableError extends RestageError {
  static override readonly code = "folder_unusable";
  declare readonly folder: string;

  constructor(folder: string, cause: unknown) {
    const { code, message = String(cause) } = cause as NodeJS.ErrnoException;
    super(
      `${folder} cannot be used to keep settings and runs (${code ?? message}). RESTAGE_DATA names another folder, DATABASE_URL a database`,
      { folder, cause },
    );
  }
}
