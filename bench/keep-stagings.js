// Plain JavaScript on the built package: no loader may keep anything meanwhile. Prints what it measured as JSON.
import { StagingClient } from "restage";

const [, , baseUrl, token] = process.argv;
const request = { image: "https://example.com/room.jpg", room: "living_room", style: "scandinavian" };
const concurrency = 64;
const stagings = 10_000;

const systemSleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 1)));
const client = new StagingClient({ baseUrl, token, limiter: false, clock: { now: Date.now, sleep: systemSleep } });

// Every staging has a name of its own, as from a service that must not pay twice.
function* toRequests(name, count) {
  for (let number = 0; number < count; number++) yield { ...request, idempotencyKey: `${name}-${number}` };
}

async function stage(name, count) {
  for await (const { error } of client.stageMany(toRequests(name, count), { concurrency })) if (error) throw error;
}

async function measure() {
  // What was answered last is let go of a moment later.
  for (let count = 0; count < 5; count++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    globalThis.gc();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { bytes: heapUsed + external, rss };
}

// Before it counts, everything is loaded and compiled, and all connections are open.
await stage("warm-up", 2_000);
const before = await measure();
await stage("counted", stagings);
const after = await measure();
console.log(JSON.stringify({ keptBytes: (after.bytes - before.bytes) / stagings, growth: after.rss / before.rss, before, after }));
