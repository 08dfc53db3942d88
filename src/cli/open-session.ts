import { systemClock } from "../basics/clock.ts";
import type { ClientEvent } from "../client/client-event.ts";
import { StagingClient } from "../client/staging-client.ts";
import { openStagingStorage, type StagingStorage } from "./storage/open-staging-storage.ts";
import type { Terminal } from "./terminal.ts";

/** A prediction that may still cost something. */
export interface RunningPrediction {
  readonly predictionId: string;
  readonly modelId: string;
}

/** The group of runs that a simulator answered, so that they are told from those that cost something. */
export const simulatedGroup = "simulated";

/** A client, and what it talks to. */
export interface Session {
  readonly client: StagingClient;
  readonly storage: StagingStorage;
  /** How many times faster than real time it runs: 1 on Replicate. */
  readonly speed: number;
  readonly isSimulated: boolean;
  /** The predictions that Replicate accepted and that are not settled yet, by their run. */
  readonly running: ReadonlyMap<string, RunningPrediction>;
  /** The runs of which it is not known whether Replicate created their prediction. */
  readonly unknown: ReadonlySet<string>;
  /** The clock that the client lives by. */
  now(): number;
  close(): Promise<void>;
}

/** How a session is opened. */
export interface SessionOptions {
  /** The command that opens it. */
  readonly command: string;
  /** On a simulator: how many times faster than real time it runs. Absent: on Replicate, or where `REPLICATE_BASE_URL` says. */
  readonly speed?: number | undefined;
  readonly terminal: Terminal;
}

/**
 * Opens what a staging needs. A token is only asked for when something is sent.
 * @throws {MissingPeerError} when the package that draws simulated images is not installed.
 * @throws what `openStagingStorage` throws.
 */
export async function openSession({ command, speed, terminal }: SessionOptions): Promise<Session> {
  noticeModelVersion(terminal);
  const storage = await openStagingStorage(command, speed !== undefined, terminal);
  try {
    return speed === undefined ? openReplicate(storage) : await openSimulation(speed, storage);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

function openReplicate(storage: StagingStorage): Session {
  const { running, unknown, onEvent } = trackPredictions();
  const { settings, runStore, budgets, close } = storage;
  const client = new StagingClient({ baseUrl: process.env.REPLICATE_BASE_URL || undefined, settings, runStore, budgets, onEvent });
  return { client, storage, speed: 1, isSimulated: false, running, unknown, now: systemClock.now, close };
}

/** A simulator of its own, over real HTTP. */
async function openSimulation(speed: number, storage: StagingStorage): Promise<Session> {
  // Loaded only here, because a staging on Replicate needs neither.
  const [{ createReplicateSimulator }, { loadSharp }] = await Promise.all([
    import("../testing/index.ts"),
    import("../images/load-sharp.ts"),
  ]);
  await loadSharp("drawing simulated images");
  const simulator = await createReplicateSimulator({ timeScale: 1 / speed });
  const { clientOptions } = simulator;
  const { running, unknown, onEvent } = trackPredictions();
  const { settings, runStore } = storage;
  const client = new StagingClient({ ...clientOptions, settings, runStore, onEvent });
  const close = async () => {
    await simulator.close();
    await storage.close();
  };
  return { client, storage, speed, isSimulated: true, running, unknown, now: clientOptions.clock.now, close };
}

function trackPredictions(): Pick<Session, "running" | "unknown"> & { onEvent: (event: ClientEvent) => void } {
  const running = new Map<string, RunningPrediction>();
  const unknown = new Set<string>();
  const onEvent = (event: ClientEvent) => {
    if (event.type === "attempt.accepted" || event.type === "attempt.found") running.set(event.runId, event);
    if (event.type === "attempt.unknown") unknown.add(event.runId);
    if (event.type === "attempt.found" || event.type === "attempt.absent" || event.type === "run.finished") unknown.delete(event.runId);
    if (event.type === "run.finished") running.delete(event.runId);
  };
  return { running, unknown, onEvent };
}

// The client tells it too, as a process warning with a process id; a person at a terminal gets one plain line.
function noticeModelVersion(terminal: Terminal): void {
  if (!process.env.REPLICATE_MODEL_VERSION) return;
  terminal.note("notice: REPLICATE_MODEL_VERSION is set and ignored; --model chooses the model");
  delete process.env.REPLICATE_MODEL_VERSION;
}
