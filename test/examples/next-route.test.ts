import { expect, it, vi } from "vitest";
import { StagingClient } from "../../src/client/staging-client.ts";
import { tinyPng } from "../client/helpers.ts";
import { importExample } from "./import-example.ts";
import { startService } from "./start-service.ts";

type Route = { readonly runtime: string; POST(request: Request): Promise<Response> };

it("is called back as Next.js calls it; runs are in the database, images in the bucket", async () => {
  let route: Route | undefined;
  const call: typeof fetch = async (url, init) => (route as Route).POST(new Request(url, init));
  const { simulator, s3, runStore } = await startService({ fetch: call });
  route = await importExample<Route>("next-route.ts");
  const { url: baseUrl, token } = simulator;
  const sender = new StagingClient({ baseUrl, token, runStore, webhook: { url: "https://example.com/api/replicate" } });
  const { id } = await sender.start({ image: tinyPng, room: "living_room" });
  await simulator.clock.advance(60_000);
  expect(simulator.webhookDeliveries).toMatchObject([{ status: 200, attempt: 1 }]);
  await vi.waitFor(async () => expect((await runStore.get(id))?.state).toBe("succeeded"), { timeout: 10_000 });
  expect((await runStore.get(id))?.images).toMatchObject([{ location: `s3://images/${id}/staged-0.png` }]);
  expect(await s3.keys()).toEqual([`${id}/staged-0.png`]);
  const forged = new Request("https://example.com/api/replicate", { method: "POST", body: "{}" });
  expect((await route.POST(forged)).status).toBe(401);
});
