import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { inject } from "vitest";
import type { StageRequest } from "../../../src/client/stage-request.ts";
import type { StagedRun } from "../../../src/client/staged-run.ts";
import type { StagingClientOptions } from "../../../src/client/staging-client-options.ts";
import type { BuiltInModel } from "../../../src/models/index.ts";
import type { RunStore } from "../../../src/runs/run-store.ts";

/** A run store in a process of its own, which can stage with it, too. Errors come back as their JSON. */
export interface RunWorker extends RunStore {
  stage(options: StagingClientOptions, request: StageRequest<BuiltInModel>): Promise<StagedRun>;
  wait(options: StagingClientOptions, id: string): Promise<StagedRun>;
  /** SIGKILL: it has no time to say goodbye. */
  kill(): Promise<void>;
}

type Waiting = readonly [resolve: (value: never) => void, reject: (reason: unknown) => void];

/** Starts such a process on a schema of a database. */
export async function startRunWorker(connectionString: string, schema: string): Promise<RunWorker> {
  const script = join(inject("programs"), "run-store-worker.mjs");
  const child: ChildProcess = fork(script, [connectionString, schema], { execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  const call =
    (method: string) =>
    (...given: readonly unknown[]): Promise<never> =>
      new Promise((resolve, reject) => {
        calls += 1;
        waiting.set(calls, [resolve, reject]);
        child.send([calls, method, ...given]);
      });
  child.on("exit", () => {
    for (const [, reject] of waiting.values()) reject(new Error("the process has ended"));
  });
  await once(child, "message");
  child.on("message", ([number, status, value]: [number, PromiseSettledResult<never>["status"], never]) => {
    const [resolve, reject] = waiting.get(number) ?? [];
    waiting.delete(number);
    (status === "fulfilled" ? resolve : reject)?.(value);
  });
  return {
    create: call("create"),
    get: call("get"),
    update: call("update"),
    claim: call("claim"),
    list: call("list"),
    summarise: call("summarise"),
    purge: call("purge"),
    stage: call("stage"),
    wait: call("wait"),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
