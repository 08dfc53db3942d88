import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Measurement } from "./measurement.ts";

/** Describing all models, by one conversion of the same configs by zod; measured in a process of its own, on the built package. */
export function measureDescribeSpeed(): readonly Measurement[] {
  const script = join(import.meta.dirname, "time-describing.js");
  const { describeTime } = JSON.parse(execFileSync(process.execPath, [script], { encoding: "utf8" }));
  return [{ name: "time of describe, by one z.toJSONSchema", value: describeTime, unit: "×", limit: { atMost: 10 } }];
}
