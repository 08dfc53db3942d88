import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, inject } from "vitest";

/** A project outside of this repository that has the packed package installed. */
export interface Consumer {
  readonly folder: string;
  /** Runs a script or a bin of the project with Node, and gives what it printed. Fails the test where it ends with another code than 0. */
  run(script: string, ...args: readonly string[]): Promise<string>;
}

const repository = resolve(import.meta.dirname, "../..");

/**
 * Makes a project of `projects/<name>` in a folder of its own, offline: the tarball is unpacked, and nothing is installed beside it
 * but the packages named here.
 */
export function createConsumer(name: string, packages: readonly string[]): Consumer {
  const folder = mkdtempSync(join(inject("workshop"), `${name}-`));
  cpSync(join(import.meta.dirname, "projects", name), folder, { recursive: true });
  const installed = join(folder, "node_modules");
  mkdirSync(join(installed, "restage"), { recursive: true });
  execFileSync("tar", ["-xzf", inject("tarball"), "-C", join(installed, "restage"), "--strip-components=1"]);
  for (const each of packages) {
    mkdirSync(dirname(join(installed, each)), { recursive: true });
    symlinkSync(join(repository, "node_modules", each), join(installed, each), "junction");
  }
  return { folder, run: (script, ...args) => runNode(folder, script, args) };
}

async function runNode(cwd: string, script: string, args: readonly string[]): Promise<string> {
  // Only the path: a token of the environment must not reach a consumer, which then would pay.
  const env = { PATH: process.env.PATH, FORCE_COLOR: "0" };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { cwd, env, timeout: 120_000 });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    return expect.fail(`${script} failed: ${message}\n${stdout}\n${stderr}`);
  }
}
