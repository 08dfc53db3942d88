import type { FaultRule, FaultTarget } from "../src/testing/simulator/fault.ts";
import type { ReplicateSimulator } from "../src/testing/simulator/replicate-simulator.ts";
import type { FaultProxy, ProxyFault } from "./proxy.ts";

/** A simulated Replicate behind a TCP proxy, where things go wrong. All durations are real milliseconds. */
export interface FaultWorld {
  readonly simulator: ReplicateSimulator;
  readonly proxy: FaultProxy;
  /** The address for clients: the proxy's. */
  readonly baseUrl: string;
  /** The faults that were asked for, such as `create reset`: each has to strike. */
  readonly wanted: ReadonlySet<string>;
  /** As `fetch`; counts the connections that are refused. */
  readonly fetch: typeof fetch;
  readonly refusals: number;
  /** Numbers from 0 (inclusive) to 1 (exclusive), by the seed. */
  random(): number;
  /** A fault inside Replicate, for as many calls as this world's share says; `share` overrides that. */
  strike(fault: StrikeRule, share?: number): void;
  /** A fault between the client and Replicate, the same way. */
  cut(on: FaultTarget, fault: ProxyFault, share?: number): void;
  /** Refuses connections until `proxy.listen`. */
  refuse(): Promise<void>;
  /** Does something again and again until the world is closed. */
  every(milliseconds: number, act: () => unknown): void;
  close(): Promise<void>;
}

/** What refused connections are counted as. */
export const refused = "connection refused";

/** A fault, and the calls it strikes; how often is up to the world. */
export type StrikeRule = FaultRule extends infer Rule ? (Rule extends FaultRule ? Omit<Rule, "times" | "chance" | "after"> : never) : never;
