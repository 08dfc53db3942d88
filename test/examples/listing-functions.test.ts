import { expect, it } from "vitest";
import { countOf } from "../client/helpers.ts";
import { importExample } from "./import-example.ts";
import { startService } from "./start-service.ts";

interface Functions {
  onListing(request: Request): Promise<Response>;
  onWebhook(request: Request, waitUntil: (work: Promise<unknown>) => unknown): Promise<Response>;
  onProgress(request: Request): Promise<Response>;
  onCron(): Promise<Response>;
}

const photos = Array.from({ length: 40 }, (_, index) => ({ url: `https://example.com/photos/${index}.jpg`, room: "living_room" }));
const post = (path: string, body: unknown) => new Request(`https://example.com${path}`, { method: "POST", body: JSON.stringify(body) });
const progress = new Request("https://example.com/api/listings?id=listing-7");

it("sends the forty photos of a listing and ends; webhooks bring most of them home, and the cron the others", {
  timeout: 60_000,
}, async () => {
  const lost = new Set<string>();
  const work: Promise<unknown>[] = [];
  let called: Functions | undefined;
  const call: typeof fetch = async (url, init) => {
    const { id } = JSON.parse(String(init?.body));
    // Of three predictions no webhook gets through, however often it is tried.
    if (lost.size < 3) lost.add(id);
    if (lost.has(id)) throw new TypeError("fetch failed");
    return (called as Functions).onWebhook(new Request(url, init), (more) => work.push(more));
  };
  const { simulator, s3, runStore } = await startService({ fetch: call });
  // Each as on a machine of its own: they share nothing but the environment.
  const [sender, cron] = [await importExample<Functions>("listing-functions.ts"), await importExample<Functions>("listing-functions.ts")];
  called = await importExample<Functions>("listing-functions.ts");

  const listing = { id: "listing-7", style: "scandinavian", photos };
  const sent = await sender.onListing(post("/api/listings", listing));
  expect([sent.status, await sent.json()]).toEqual([202, { sent: 40, refused: [] }]);
  expect(await (await sender.onListing(post("/api/listings", listing))).json()).toEqual({ sent: 40, refused: [] });
  expect(countOf(simulator, "create")).toBe(40);
  expect(await (await cron.onProgress(progress)).json()).toMatchObject({ size: 40, finished: 0, isComplete: false });

  await simulator.clock.advance(120_000);
  for (let done = 0; done < work.length; done++) await work[done];
  expect(await (await cron.onProgress(progress)).json()).toMatchObject({ size: 40, finished: 37, isComplete: false });

  expect(await (await cron.onCron()).json()).toEqual({ resumed: 3, home: 3 });
  const { isComplete, staged } = (await (await cron.onProgress(progress)).json()) as {
    isComplete: boolean;
    staged: { location: string }[];
  };
  expect(isComplete).toBe(true);
  const { runs } = await runStore.list({ group: "listing-7", limit: 100 });
  expect(runs.map(({ state }) => state)).toEqual(Array(40).fill("succeeded"));
  const locations = runs.map(({ id }) => `s3://images/${id}/staged-0.png`);
  expect(staged.map(({ location }) => location).sort()).toEqual([...locations].sort());
  expect(staged).toMatchObject(Array(40).fill({ statement: expect.stringContaining("altered") }));
  expect(await s3.keys()).toEqual(locations.map((location) => location.replace("s3://images/", "")).sort());
  expect(countOf(simulator, "create")).toBe(40);
  expect(await (await cron.onCron()).json()).toEqual({ resumed: 0, home: 0 });
});

it("tells which photos were refused, and sends the others", async () => {
  const { simulator } = await startService();
  const { onListing } = await importExample<Functions>("listing-functions.ts");
  const some = [...photos.slice(0, 2), { url: "http://example.com/not-safe.jpg", room: "bedroom" }];
  const sent = await onListing(post("/api/listings", { id: "listing-8", style: "modern", photos: some }));
  const refused = [{ url: "http://example.com/not-safe.jpg", code: expect.stringMatching(/^invalid_/) }];
  expect(await sent.json()).toEqual({ sent: 2, refused });
  expect(countOf(simulator, "create")).toBe(2);
});
