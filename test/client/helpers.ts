import { onTestFinished } from "vitest";
import type { Clock } from "../../src/basics/clock.ts";
import type { ClientEvent } from "../../src/client/client-event.ts";
import type { StageRequest } from "../../src/client/stage-request.ts";
import { StagingClient } from "../../src/client/staging-client.ts";
import type { StagingClientOptions } from "../../src/client/staging-client-options.ts";
import type { AnyModel } from "../../src/model/model.ts";
import type { BuiltInModel } from "../../src/models/index.ts";
import type { RunRecord } from "../../src/runs/run.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import type { ReplicateSimulator, ReplicateSimulatorOptions } from "../../src/testing/index.ts";
import { startReplicate, tinyPng } from "../replicate/helpers.ts";

export { countOf, max, pro, qwen, rejection, seedream3, seedream4, tinyPng, toDataUrl } from "../replicate/helpers.ts";

/** A staging that the default model runs. */
export const request = { image: tinyPng, room: "living_room", style: "scandinavian" } as const satisfies StageRequest<BuiltInModel>;

/** Images come home as the model made them, byte for byte, and pass to a sink as they come. */
export const unlabelled = { disclosure: { label: false } } as const;

/** A clock that stands still and moves the simulator's on whenever somebody sleeps by it: no test waits, and none can be too slow. */
export function linkedClock({ clock }: ReplicateSimulator): Clock & { readonly sleeps: readonly number[] } {
  const sleeps: number[] = [];
  return {
    sleeps,
    now: clock.now,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      sleeps.push(milliseconds);
      await clock.advance(milliseconds);
      signal?.throwIfAborted();
    },
  };
}

/** A client of a simulator, with what a test looks at. */
export interface Stage<Known extends AnyModel = BuiltInModel> {
  readonly simulator: ReplicateSimulator;
  readonly client: StagingClient<Known>;
  readonly runStore: RunStore;
  readonly events: readonly ClientEvent[];
  readonly clock: ReturnType<typeof linkedClock>;
  /** All runs, oldest first. */
  runs(): Promise<readonly RunRecord[]>;
  /** The only run. */
  run(): Promise<RunRecord>;
  /** Another client of the same simulator and run store. */
  another(options?: StagingClientOptions<Known>): StagingClient<Known>;
}

/** A client of a simulator of its own, whose clock stands still. */
export async function setTheStage<Known extends AnyModel = BuiltInModel>(
  options: StagingClientOptions<Known> = {},
  replicate: ReplicateSimulatorOptions = {},
): Promise<Stage<Known>> {
  const simulator = await startReplicate(replicate);
  const clock = linkedClock(simulator);
  const runStore = options.runStore ?? memoryRunStore({ clock: clock.now });
  const events: ClientEvent[] = [];
  const { url: baseUrl, token } = simulator;
  const common = {
    token,
    baseUrl,
    clock,
    runStore,
    retryDelayMs: 1,
    requestTimeoutMs: 5_000,
    onEvent: (event: ClientEvent) => events.push(event),
  };
  const another = (more: StagingClientOptions<Known> = {}) => new StagingClient<Known>({ ...common, ...options, ...more });
  const runs = async () => [...(await runStore.list({ limit: 1_000 })).runs].reverse();
  const run = async () => {
    const all = await runs();
    if (all.length !== 1 || all[0] === undefined) throw new Error(`there are ${all.length} runs`);
    return all[0];
  };
  return { simulator, client: another(), runStore, events, clock, runs, run, another };
}

/** Sets a variable of the environment until the test ends. */
export function setEnvironment(name: string, value: string | undefined): void {
  const before = process.env[name];
  const set = (text: string | undefined) => {
    if (text === undefined) delete process.env[name];
    else process.env[name] = text;
  };
  set(value);
  onTestFinished(() => set(before));
}
