import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

/** One staging, as a client's process is told of it. */
export interface StagingOrder {
  readonly id: number;
  readonly url: string;
  readonly token: string;
  readonly prompt: string;
  readonly photoUrl: string;
  /** In real milliseconds. */
  readonly limitMs: number;
}

/** How a staging ended: with a whole image, with an error of this name, or not within its time. */
export interface StagingEnd {
  readonly end: "image" | "error" | "hung";
  readonly error?: string;
  /** How long the client's process stood still meanwhile, in real milliseconds, for want of the machine's time. */
  readonly stalledMs?: number;
}

/** A client in a process of its own, so that what it leaves behind disturbs no other. */
export interface ClientProcess {
  /** Never rejects. A process that ends is an error of its stagings; the next one gets a new process. */
  stage(order: Omit<StagingOrder, "id">): Promise<StagingEnd>;
  close(): void;
}

// A process that is silent for so long past the limit is stuck, and is ended.
const silenceMs = 5_000;

/** Starts the process of the client of this name when the first staging comes. */
export function createClientProcess(name: string): ClientProcess {
  const waiting = new Map<number, (end: StagingEnd) => void>();
  let child: ChildProcess | undefined;
  let orders = 0;

  const endAll = (end: StagingEnd) => {
    for (const resolve of waiting.values()) resolve(end);
    waiting.clear();
  };
  const start = (): ChildProcess => {
    const started = fork(join(import.meta.dirname, "client-worker.ts"), [name], {
      execArgv: ["--import", "tsx"],
      // Packages that log would garble the table.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    started.on("message", ({ id, ...end }: StagingEnd & { readonly id: number }) => {
      waiting.get(id)?.(end);
      waiting.delete(id);
    });
    started.on("exit", (code, signal) => {
      if (child !== started) return;
      child = undefined;
      endAll({ end: "error", error: `the process ended (${signal ?? code})` });
    });
    return started;
  };
  const stop = () => {
    const stopped = child;
    child = undefined;
    stopped?.kill("SIGKILL");
  };

  return {
    async stage(order) {
      child ??= start();
      orders += 1;
      const id = orders;
      const to = child;
      const timer = setTimeout(() => {
        if (child === to) stop();
        endAll({ end: "hung" });
      }, order.limitMs + silenceMs);
      try {
        return await new Promise((resolve) => {
          waiting.set(id, resolve);
          to.send({ id, ...order });
        });
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      stop();
      endAll({ end: "error", error: "the comparison ended" });
    },
  };
}
