import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Express } from "express";
import { expect, it, onTestFinished } from "vitest";
import type { StagedRun } from "../../src/client/staged-run.ts";
import { countOf, setTheStage, tinyPng } from "../client/helpers.ts";
import { importExample } from "./import-example.ts";

const { createApp } = await importExample<{ createApp(options: object): Express }>("express-app.ts");

/** The app behind a real port, which the simulator calls back over HTTP. */
async function serve() {
  let origin = "";
  const call: typeof fetch = (url, init) => fetch(`${origin}${new URL(String(url)).pathname}`, init);
  const stage = await setTheStage({ webhook: { url: "https://example.com/api/replicate" } }, { webhooks: { fetch: call } });
  const { client, simulator } = stage;
  let onStaged: ((run: StagedRun) => void) | undefined;
  const staged = new Promise<StagedRun>((resolve) => {
    onStaged = resolve;
  });
  const server = createApp({ client, secrets: [simulator.webhookSecret], onStaged }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = async (path: string, body: BodyInit, headers: Record<string, string>) => {
    const response = await fetch(`${origin}${path}`, { method: "POST", body, headers });
    return { status: response.status, text: await response.text() };
  };
  return { ...stage, staged, post };
}

const photo = { "content-type": "image/png", "idempotency-key": "photo 1" };

it("sends a photo once, is called back over HTTP, and brings the image home", async () => {
  const { post, simulator, clock, staged, run } = await serve();
  const sent = await post("/api/photos?room=bedroom&style=modern", tinyPng, photo);
  const again = await post("/api/photos?room=bedroom&style=modern", tinyPng, photo);
  expect(sent.status).toBe(202);
  expect(again).toEqual(sent);
  expect(JSON.parse(sent.text)).toEqual({ id: (await run()).id, state: "running" });
  await clock.sleep(60_000);
  expect(await staged).toMatchObject({ id: (await run()).id, state: "succeeded", images: [{ contentType: "image/png" }] });
  expect(simulator.webhookDeliveries.map(({ status, attempt }) => [status, attempt])).toEqual([[200, 1]]);
  expect(countOf(simulator, "create")).toBe(1);
});

it("says what is wrong with a photo, and sends nothing", async () => {
  const { post, simulator } = await serve();
  expect(await post("/api/photos?room=bedroom", "not a photo", photo)).toMatchObject({
    status: 400,
    text: expect.stringContaining("invalid_image"),
  });
  expect(await post("/api/photos?room=bedroom", "{}", { "content-type": "application/json" })).toMatchObject({ status: 400 });
  expect(await post("/api/photos?room=garage", tinyPng, photo)).toMatchObject({ status: 400, text: expect.stringContaining("room") });
  expect(countOf(simulator, "create")).toBe(0);
});

it("takes no webhook that is forged, nor one of 10 MB, and goes on", async () => {
  const { post, client, clock, staged, simulator } = await serve();
  const headers = { "content-type": "application/json", "webhook-id": "msg_1", "webhook-signature": "v1,AAAA", "webhook-timestamp": "1" };
  expect(await post("/api/replicate", "{}", headers)).toMatchObject({ status: 401 });
  expect(await post("/api/replicate", "x".repeat(10_000_000), headers)).toMatchObject({ status: 413 });
  const { id } = await client.start({ image: tinyPng, room: "kitchen" });
  await clock.sleep(60_000);
  expect((await staged).id).toBe(id);
  expect(simulator.webhookDeliveries).toMatchObject([{ status: 200 }]);
});
