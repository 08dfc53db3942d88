import { execFileSync } from "node:child_process";
import type { Measurement } from "./measurement.ts";
import { median } from "./median.ts";

const rounds = 31;

/** The first import of `restage/models` in a fresh process, by that of zod in another. */
export function measureColdImport(): readonly Measurement[] {
  // One pair a round, in turning order, so that whatever else the machine does slows both. Round 0 only warms the file cache.
  const ratios = Array.from({ length: rounds + 1 }, (_, round) => {
    if (round % 2 === 0) return timeImport("restage/models") / timeImport("zod");
    const zodMs = timeImport("zod");
    return timeImport("restage/models") / zodMs;
  });
  return [{ name: 'cold import "restage/models", by import "zod"', value: median(ratios.slice(1)), unit: "×", limit: { atMost: 1.2 } }];
}

function timeImport(specifier: string): number {
  const code = `const start = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" }));
}
