import { SinkError } from "../errors/sink-error.ts";

const reasons: Readonly<Record<string, readonly [reason: string, retryable: boolean]>> = {
  ENOSPC: ["the disk is full", true],
  EFBIG: ["the file is larger than it may be", true],
  EDQUOT: ["the disk quota is used up", true],
  EMFILE: ["too many files are open", true],
  ENFILE: ["too many files are open", true],
  EIO: ["the disk fails", true],
  EACCES: ["the folder may not be written to", false],
  EPERM: ["the folder may not be written to", false],
  EROFS: ["the folder may not be written to", false],
  ENOTDIR: ["there is a file where its folder should be", false],
  EEXIST: ["there is a file where its folder should be", false],
  EISDIR: ["there is a folder where a file should be", false],
  ENOENT: ["there is no such file or folder", false],
  ENAMETOOLONG: ["the path is too long", false],
};

/** The error of a file system by its code, never by its message, which holds paths; any other error as it is. */
export function toFileError(error: unknown): unknown {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (typeof code !== "string" || !Object.hasOwn(reasons, code)) return error;
  const [reason, retryable] = reasons[code] as readonly [string, boolean];
  return new SinkError(`${reason} (${code})`, { retryable, cause: error });
}
