import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Measurement } from "./measurement.ts";

/** Parsing and building, by a plain zod parse of the same schema; measured in a process of its own, on the built package. */
export function measureParseSpeed(): readonly Measurement[] {
  const script = join(import.meta.dirname, "time-parsing.js");
  const { parseSpeed, buildTime } = JSON.parse(execFileSync(process.execPath, [script], { encoding: "utf8" }));
  return [
    { name: "speed of parseModelConfig, by plain zod", value: parseSpeed, unit: "×", limit: { atLeast: 0.8 } },
    { name: "time of parse and buildInput, by one plain parse", value: buildTime, unit: "×", limit: { atMost: 5 } },
  ];
}
