import type { RunRecord } from "../src/runs/run.ts";
import type { FaultTarget } from "../src/testing/simulator/fault.ts";
import type { ReplicateSimulatorOptions } from "../src/testing/simulator/replicate-simulator-options.ts";
import type { StoreFault } from "./failing-run-store.ts";
import type { FaultWorld } from "./fault-world.ts";

/** One way in which a staging goes wrong. */
export interface FaultKind {
  /** In kebab-case, for `--kinds`. */
  readonly name: string;
  /** What happens, for the table. */
  readonly title: string;
  /** What has to be there for it: any client that speaks HTTP, books (a run store), or processes that can be killed. */
  readonly needs: "http" | "books" | "processes";
  /** The calls that it strikes. Listing kinds strike creates, too: without a lost answer nobody would list. */
  readonly strikes: readonly FaultTarget[];
  /** Whether a create that it strikes takes effect all the same: a prediction stands, and is paid. `"mixed"`: some do. */
  readonly created: "yes" | "no" | "mixed" | "not struck";
  /** What the simulator of its world is made with. */
  readonly replicate?: ReplicateSimulatorOptions;
  /** How the run store fails. */
  readonly store?: StoreFault;
  /** Whether each request is staged twice, as two stagings that nothing tells apart. */
  readonly isTwin?: boolean;
  /** Whether the client keeps to limits, as it would by default. */
  readonly isLimited?: boolean;
  /** Whether no client can rule out that it pays twice: shown, and told apart. */
  readonly isNamedRisk?: boolean;
  /** Makes things go wrong in a world, until it is closed. */
  arrange?(world: FaultWorld): void | Promise<void>;
  /** Why this run may stay `unknown` for a person, by the design; `undefined` where it may not, as in all kinds without this. */
  mayLeaveUnknown?(run: RunRecord): string | undefined;
}
