import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { inject } from "vitest";

/** What such a process is told. */
export interface BudgetWorkerSetup {
  readonly connectionString: string;
  readonly baseUrl: string;
  readonly token: string;
  readonly requestTimeoutMs: number;
  readonly settleMs: number;
  readonly leaseMs: number;
  readonly name: string;
  readonly stagings: number;
  /** At which of its creates it dies: before or after the answer. */
  readonly dieAt?: { readonly create: number; readonly isAfter: boolean };
}

/** What it tells: that it can begin, an alert by its percent, and how many stagings came to what. */
export type BudgetWorkerWord = "ready" | { readonly alert: number } | { readonly codes: Readonly<Record<string, number>> };

/** Starts a process that stages within a budget; `work` resolves when it has ended. */
export async function startBudgetWorker(setup: BudgetWorkerSetup) {
  const child = fork(join(inject("programs"), "budget-worker.mjs"), [JSON.stringify(setup)], { execArgv: [] });
  const alerts: number[] = [];
  let codes: Readonly<Record<string, number>> | undefined;
  const ended = once(child, "exit");
  const ready = new Promise<void>((resolve) => {
    child.on("message", (word: BudgetWorkerWord) => {
      if (word === "ready") resolve();
      else if ("alert" in word) alerts.push(word.alert);
      else codes = word.codes;
    });
  });
  await Promise.race([ready, ended.then(() => Promise.reject(new Error("the process ended before it could begin")))]);
  return {
    alerts,
    async work() {
      child.send("begin");
      const [, signal] = await ended;
      return { signal, codes };
    },
    kill: () => child.kill("SIGKILL"),
  };
}
