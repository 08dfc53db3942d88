// A worker that brings home what others sent: it takes up every run that nobody holds. At SIGTERM it takes no more, and ends what it has begun.
import { setTimeout as sleep } from "node:timers/promises";
import { client, pool } from "./service-client.ts";

const everyMs = Number(process.env.EVERY_MS ?? 10_000);
/** What is left of the 30 seconds that Kubernetes gives, say, for what has to be written down. */
const graceMs = Number(process.env.GRACE_MS ?? 25_000);

const stopping = new AbortController();
const stop = () => {
  stopping.abort();
  // Whoever is still waiting then lets go of its run, which the next worker takes up.
  setTimeout(() => client.close(), graceMs).unref();
};
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, stop);
console.log("Working");

while (!stopping.signal.aborted) {
  try {
    for (const { runId, run, error } of await client.resume({ limit: 20 })) {
      console.log(`${runId}: ${run ? run.images.map(({ location }) => location).join(" ") : error}`);
    }
  } catch (error) {
    // The database is away, say: the next round may go better.
    console.error(error instanceof Error ? error.message : error);
  }
  await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
}
await client.drain();
await pool.end();
console.log("Stopped");
