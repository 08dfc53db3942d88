import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { inject } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Runs an example as a reader would, without a token, and gives what it prints. Fails when it exits with an error. */
export async function runExample(
  file: string,
  options: { readonly flags?: readonly string[]; readonly args?: readonly string[] } = {},
): Promise<string> {
  const { REPLICATE_API_TOKEN: _, NODE_OPTIONS: __, NODE_TEST_CONTEXT: ___, ...env } = process.env;
  const { flags = [], args = [] } = options;
  const command = [...flags, join(inject("programs"), "examples", file.replace(/\.ts$/, ".mjs")), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env: { ...env, NO_COLOR: "1" } });
  return stdout;
}
