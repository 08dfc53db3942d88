import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { ReplicateSimulatorOptions } from "../src/testing/simulator/replicate-simulator-options.ts";

/** How a simulated Replicate is set up, as JSON. It knows no limits. */
export interface ServedOptions extends Pick<ReplicateSimulatorOptions, "seed" | "timeScale" | "maximumRecordedRequests"> {
  /** How many bytes each image has. */
  readonly imageBytes: number;
  /** Whether a create is answered with `starting`, and the first look at it with its end: so that everybody has to look once. */
  readonly isDoneAtFirstLook?: boolean;
}

/** A simulated Replicate in another process. */
export interface ServedReplicate {
  readonly url: string;
  readonly token: string;
  /** How many requests of each kind came since the last time that this was asked, such as `{ "create 201": 20 }`. */
  countRequests(): Promise<Readonly<Record<string, number>>>;
  stop(): void;
}

/** Starts it. */
export async function startReplicate(options: ServedOptions): Promise<ServedReplicate> {
  const server = fork(join(import.meta.dirname, "serve-replicate.ts"), [JSON.stringify(options)]);
  const hear = async () => {
    const [said] = await once(server, "message");
    return said;
  };
  const { url, token } = await hear();
  return {
    url,
    token,
    countRequests() {
      server.send("count");
      return hear();
    },
    stop: () => server.kill(),
  };
}
