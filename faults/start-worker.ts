import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { CanarySearch } from "./canary-search.ts";
import type { WorkerAnswer, WorkerSetup, WorkerTask } from "./worker-messages.ts";

/** A process that stages. */
export interface Worker {
  /** Does a task; gives what came of it, or `undefined` when the process ended on the way. */
  work(task: Partial<WorkerTask>): Promise<WorkerAnswer | undefined>;
  /** Resolves when it stops by itself, as it was asked to; never when it does not. */
  readonly stopped: Promise<void>;
  /** Lets it go on after a SIGSTOP. */
  thaw(): void;
  /** Ends it. Gives what it printed if it had ended by an error of its own before. */
  end(): Promise<string | undefined>;
}

// Whatever ends this process ends them, too: one that stands still would stay for ever.
const children = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

/** Makes one file of the worker: a process then starts in a fraction of the time that its sources take. */
export async function buildWorker(): Promise<{ readonly path: string; remove(): void }> {
  const folder = await mkdtemp(join(tmpdir(), "restage-faults-"));
  const path = join(folder, "worker.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "worker.ts")],
    outfile: path,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["pg-native", "sharp"],
    // pg is CommonJS.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  return { path, remove };
}

/** Starts a worker. What it prints is searched for canaries. */
export async function startWorker(path: string, setup: WorkerSetup, search: CanarySearch): Promise<Worker> {
  const child: ChildProcess = fork(path, [JSON.stringify(setup)], { silent: true, serialization: "advanced", execArgv: [] });
  children.add(child);
  const waiting = new Map<number, (answer: WorkerAnswer | undefined) => void>();
  let [tasks, printed] = [0, ""];
  let latest: WorkerAnswer | undefined;
  const exited = once(child, "exit");
  const stopped = new Promise<void>((resolve) => {
    child.stdout?.on("data", (chunk) => {
      printed += chunk;
      if (printed.includes("stopping")) resolve();
    });
  });
  child.stderr?.on("data", (chunk) => {
    printed += chunk;
  });
  child.on("exit", () => {
    children.delete(child);
    search.seeText("the output of a process", printed);
    if (latest !== undefined) search.add(latest.canary);
    for (const resolve of waiting.values()) resolve(undefined);
    waiting.clear();
  });
  child.on("error", () => undefined);
  const ready = await Promise.race([once(child, "message"), exited]);
  if (ready[0] !== "ready") throw new Error(`A worker did not start:\n${printed}`);
  child.on("message", (answer: WorkerAnswer) => {
    latest = answer;
    waiting.get(answer.number)?.(answer);
    waiting.delete(answer.number);
  });
  return {
    stopped,
    work: ({ resume = false, isPatient = false, mostTimeouts = 1, records = [] }) =>
      new Promise((resolve) => {
        if (!child.connected || child.exitCode !== null || child.signalCode !== null) return resolve(undefined);
        tasks += 1;
        waiting.set(tasks, resolve);
        child.send({ number: tasks, resume, isPatient, mostTimeouts, records } satisfies WorkerTask, () => undefined);
      }),
    thaw: () => {
      child.kill("SIGCONT");
    },
    async end() {
      const hasFailed = (child.exitCode ?? 0) !== 0;
      if (child.connected) child.disconnect();
      // One that stands still does not see that.
      child.kill("SIGKILL");
      await exited;
      return hasFailed ? printed : undefined;
    },
  };
}
