import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockFolder } from "../../../src/cli/storage/lock-folder.ts";
import { RestageError } from "../../../src/errors/restage-error.ts";

/** What a process says when it is done asking. */
export interface Answer {
  /** How often it got the folder. */
  readonly held: number;
  readonly error?: string;
}

// A process that is told by its parent to ask for a folder: once and keep it, or many times and give it back at once.
const [folder = ""] = process.argv.slice(2);
const proof = join(folder, "proof");

process.on("message", (rounds: number) => {
  let held = 0;
  try {
    for (let round = 0; round < Math.max(1, rounds); round++) {
      const release = tryToLock();
      if (release === undefined) continue;
      held += 1;
      if (rounds === 0) continue;
      // Fails where another process is in here.
      writeFileSync(proof, "", { flag: "wx" });
      rmSync(proof);
      release();
    }
    process.send?.({ held } satisfies Answer);
  } catch (error) {
    process.send?.({ held, error: String(error) } satisfies Answer);
  }
});
process.send?.("ready");

function tryToLock(): (() => void) | undefined {
  try {
    return lockFolder(folder, "stage");
  } catch (error) {
    if (RestageError.is(error) && error.code === "folder_in_use") return undefined;
    throw error;
  }
}
