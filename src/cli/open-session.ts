import type { ClientEvent } from "../client/client-event.ts";
import { systemClock } from "../client/clock.ts";
import { StagingClient } from "../client/staging-client.ts";
import type { Terminal } from "./terminal.ts";

/** A prediction that may still cost something. */
export interface RunningPrediction {
  readonly predictionId: string;
  readonly modelId: string;
}

/** A client, and what it talks to. */
export interface Session {
  readonly client: StagingClient;
  /** How many times faster than real time it runs: 1 on Replicate. */
  readonly speed: number;
  readonly isSimulated: boolean;
  /** The predictions that Replicate accepted and that are not settled yet, by their run. */
  readonly running: ReadonlyMap<string, RunningPrediction>;
  /** The clock that the client lives by. */
  now(): number;
  close(): Promise<void>;
}

/** A session on Replicate, or where `REPLICATE_BASE_URL` says. A token is only asked for when something is sent. */
export function openReplicate(terminal: Terminal): Session {
  noticeModelVersion(terminal);
  const { running, onEvent } = trackPredictions();
  const client = new StagingClient({ baseUrl: process.env.REPLICATE_BASE_URL || undefined, onEvent });
  return { client, speed: 1, isSimulated: false, running, now: systemClock.now, close: async () => undefined };
}

/**
 * A session on a simulator of its own, over real HTTP, that runs `speed` times faster than real time.
 * @throws {MissingPeerError} when the package that draws its images is not installed.
 */
export async function openSimulation(speed: number, terminal: Terminal): Promise<Session> {
  noticeModelVersion(terminal);
  // Loaded only here, because a staging on Replicate needs neither.
  const [{ createReplicateSimulator }, { loadSharp }] = await Promise.all([
    import("../testing/index.ts"),
    import("../testing/drawing/load-sharp.ts"),
  ]);
  await loadSharp("drawing simulated images");
  const simulator = await createReplicateSimulator({ timeScale: 1 / speed });
  const { clientOptions } = simulator;
  const { running, onEvent } = trackPredictions();
  const client = new StagingClient({ ...clientOptions, onEvent });
  return { client, speed, isSimulated: true, running, now: clientOptions.clock.now, close: () => simulator.close() };
}

function trackPredictions(): { running: ReadonlyMap<string, RunningPrediction>; onEvent: (event: ClientEvent) => void } {
  const running = new Map<string, RunningPrediction>();
  const onEvent = (event: ClientEvent) => {
    if (event.type === "attempt.accepted") running.set(event.runId, event);
    if (event.type === "run.finished") running.delete(event.runId);
  };
  return { running, onEvent };
}

// The client tells it too, as a process warning with a process id; a person at a terminal gets one plain line.
function noticeModelVersion(terminal: Terminal): void {
  if (!process.env.REPLICATE_MODEL_VERSION) return;
  terminal.note("notice: REPLICATE_MODEL_VERSION is set and ignored; --model chooses the model");
  delete process.env.REPLICATE_MODEL_VERSION;
}
