import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Measurement } from "./measurement.ts";
import { startReplicate } from "./start-replicate.ts";

/** What a client and its run store in memory keep of a staging that is over, and whether their process grows; in one of its own. */
export async function measureStagingMemory(): Promise<readonly Measurement[]> {
  const server = await startReplicate({ seed: 1, imageBytes: 10_000, isDoneAtFirstLook: true, maximumRecordedRequests: 1 });
  try {
    const script = join(import.meta.dirname, "keep-stagings.js");
    // In a small heap: a large one grows for as long as collecting can be put off.
    const flags = ["--expose-gc", "--max-old-space-size=64"];
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, server.url, server.token]);
    const { keptBytes, growth } = JSON.parse(stdout);
    return [
      { name: "kept of each staging that is over", value: keptBytes / 1_000, unit: "kB", limit: { atMost: 1 } },
      { name: "memory of the process after 10,000 stagings, by before", value: growth, unit: "×", limit: { atMost: 1.25 } },
    ];
  } finally {
    server.stop();
  }
}
