import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { inject } from "vitest";

/** What a finished command line left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from standard input; default: nothing. */
  readonly stdin?: string;
  readonly onStart?: (child: ChildProcess) => void;
  /** Told all of standard error so far, whenever there is more. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
}

/** Runs the command line as a process of its own, with nothing of restage in its environment but `env`. */
export function runCli(words: readonly string[], { cwd, env = {}, stdin = "", onStart, onStderr }: CliOptions): Promise<Finished> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(REPLICATE_|RESTAGE_|DATABASE_URL$|PG|NODE_OPTIONS$|FORCE_COLOR$)/.test(name),
  );
  const child = spawn(process.execPath, [join(inject("programs"), "main.mjs"), ...words], {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
  });
  child.stdin.end(stdin);
  onStart?.(child);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      if (name === "stderr") onStderr?.(output.stderr, child);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ code, ...output }));
  });
}
