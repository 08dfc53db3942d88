import { spawnSync } from "node:child_process";
import type { Measurement } from "./measurement.ts";

interface SizeReport {
  readonly name: string;
  readonly size: number;
  readonly sizeLimit: number;
}

/** The sizes that `.size-limit.json` names, minified and gzipped, with zod and ky outside. */
export function measureSizes(): readonly Measurement[] {
  // It ends with code 1 where a limit is missed; the report is there all the same.
  const { stdout, stderr } = spawnSync("npx", ["--no-install", "size-limit", "--json"], { encoding: "utf8" });
  try {
    const reports: readonly SizeReport[] = JSON.parse(stdout);
    return reports.map(({ name, size, sizeLimit }) => ({
      name: `size of ${name}`,
      value: size / 1000,
      unit: "kB",
      limit: { atMost: sizeLimit / 1000 },
    }));
  } catch (cause) {
    throw new Error(`size-limit failed: ${stderr}`, { cause });
  }
}
