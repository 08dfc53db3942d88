import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const tsx = createRequire(import.meta.url).resolve("tsx/cli");

/** Serves the example forms as a reader would. */
export async function serveForms(): Promise<{ readonly address: string; close(): Promise<void> }> {
  const command = [tsx, "--tsconfig", "examples/tsconfig.json", "examples/forms/serve.ts"];
  const server = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = await Promise.race([once(server.stdout, "data"), once(server, "exit")]);
  const address = /http:\S+(?=\/)/.exec(String(printed))?.[0];
  if (address === undefined) throw new Error(`the server of the forms ended: ${printed}`);
  return {
    address,
    close: async () => {
      const ended = once(server, "exit");
      server.kill();
      await ended;
    },
  };
}
