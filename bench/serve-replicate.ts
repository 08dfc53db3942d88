// A simulated Replicate in a process of its own, so that who is measured pays for no work but its own. Tells what it was asked on any message.
import { createReplicateSimulator } from "../src/testing/simulator/create-replicate-simulator.ts";
import type { ServedOptions } from "./start-replicate.ts";

const { imageBytes, isDoneAtFirstLook, ...options } = JSON.parse(process.argv[2] ?? "") as ServedOptions;
// A JPEG by its first bytes; nobody looks further.
const image = new Uint8Array(imageBytes);
image.set([0xff, 0xd8, 0xff, 0xe0]);
const simulator = await createReplicateSimulator({ ...options, rateLimits: false, draw: async () => image });
if (isDoneAtFirstLook) {
  const times = Number.POSITIVE_INFINITY;
  simulator.outcomes.add({ startingMs: 0, durationMs: 0, times });
  const rewrite = (prediction: unknown) => ({ ...(prediction as object), status: "starting", output: null });
  simulator.faults.add({ on: "create", kind: "rewrite", times, rewrite });
}

let told = 0;
process.on("message", () => {
  const counts: Record<string, number> = {};
  for (const { target, status } of simulator.requests.slice(told)) {
    const name = `${target} ${status}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  told = simulator.requests.length;
  process.send?.(counts);
});
process.once("disconnect", () => process.exit());
process.send?.({ url: simulator.url, token: simulator.token });
