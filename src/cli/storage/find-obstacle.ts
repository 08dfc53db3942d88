import { accessSync, constants } from "node:fs";
import { dirname, resolve } from "node:path";

/** Why a folder cannot be made or written to (`EROFS`), as far as can be told without trying; `undefined` where nothing is known. */
export function findObstacle(folder: string): string | undefined {
  for (let path = resolve(folder); ; path = dirname(path)) {
    try {
      accessSync(path, constants.W_OK);
      return undefined;
    } catch (error) {
      const { code = "unknown" } = error as NodeJS.ErrnoException;
      if (code !== "ENOENT" || path === dirname(path)) return code;
    }
  }
}
