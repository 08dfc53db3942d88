import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ReplicateSimulator } from "../../../src/testing/index.ts";
import { ask, kontextInput, kontextPath, startManual, startSimulator } from "./helpers.ts";

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: the JSON of any prediction
  readonly prediction: any;
}

/** A receiver that answers with these statuses, the last one for ever; 0 resets the connection. */
async function startReceiver(...statuses: readonly number[]) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 200;
    received.push({ headers: request.headers as Record<string, string>, body, prediction: JSON.parse(body) });
    if (status === 0) request.socket.resetAndDestroy();
    else response.writeHead(status, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

function createWith(simulator: ReplicateSimulator, webhook: string, events?: readonly string[]) {
  const filter = events === undefined ? {} : { webhook_events_filter: events };
  return ask(simulator, kontextPath, { json: { input: kontextInput, webhook, ...filter } });
}

describe("webhooks", () => {
  it("tell start, logs, output and end, signed by the standard scheme", async () => {
    const { received, url } = await startReceiver();
    const simulator = await startManual();
    const { body } = await createWith(simulator, url, ["start", "output", "logs", "completed"]);
    await simulator.clock.advance(30_000);
    expect(received.map(({ prediction }) => prediction.status)).toEqual(["processing", "processing", "succeeded", "succeeded"]);
    expect(simulator.webhookDeliveries.map(({ event }) => event)).toEqual(["start", "logs", "output", "completed"]);
    expect((await ask(simulator, "/webhooks/default/secret")).body).toEqual({ key: simulator.webhookSecret });
    for (const { body: text, headers, prediction } of received) {
      expect(new Webhook(simulator.webhookSecret).verify(text, headers)).toEqual(prediction);
      expect(prediction).toMatchObject({ id: body.id, webhook: url });
    }
    expect(received.at(-1)?.prediction).toEqual((await ask(simulator, `/predictions/${body.id}`)).body);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(4);
  });

  it("tell outputs and the end without a filter, and only what a filter names", async () => {
    const { received, url } = await startReceiver();
    const simulator = await startManual();
    await createWith(simulator, url);
    await simulator.clock.advance(30_000);
    expect(received).toHaveLength(2);
    await createWith(simulator, url, ["completed"]);
    await simulator.clock.advance(30_000);
    expect(received).toHaveLength(3);
  });

  it.each([500, 404, 0])("repeat the last one for about a minute on %i, under one id", async (status) => {
    const { received, url } = await startReceiver(status);
    const simulator = await startManual();
    await createWith(simulator, url, ["start", "completed"]);
    await simulator.clock.advance(120_000);
    const terminal = received.filter(({ prediction }) => prediction.status === "succeeded");
    expect(received).toHaveLength(1 + 7);
    expect(new Set(terminal.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    const attempts = simulator.webhookDeliveries.filter(({ event }) => event === "completed");
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect((attempts.at(-1)?.at ?? 0) - (attempts[0]?.at ?? 0)).toBe(61_000);
  });

  it.each([200, 302])("stop once they are answered with %i, and follow no redirect", async (status) => {
    const { received, url } = await startReceiver(503, status);
    const simulator = await startManual();
    await createWith(simulator, url, ["completed"]);
    await simulator.clock.advance(120_000);
    expect(received).toHaveLength(2);
  });

  it("tell a cancel at once", async () => {
    const { received, url } = await startReceiver();
    const simulator = await startManual();
    const { body } = await createWith(simulator, url, ["start", "completed"]);
    await simulator.clock.advance(1_000);
    await ask(simulator, `/predictions/${body.id}/cancel`, { method: "POST" });
    await simulator.clock.advance(60_000);
    expect(received.map(({ prediction }) => prediction.status)).toEqual(["processing", "canceled"]);
  });

  it("come late, twice or never when told so", async () => {
    const { received, url } = await startReceiver();
    const simulator = await startManual({ webhooks: { delaysMs: { start: 30_000 }, copies: 2, drop: ["output"] } });
    await createWith(simulator, url, ["start", "output", "completed"]);
    await simulator.clock.advance(60_000);
    expect(received.map(({ prediction }) => prediction.status)).toEqual(["succeeded", "succeeded", "processing", "processing"]);
    expect(received[0]?.headers["webhook-id"]).toBe(received[1]?.headers["webhook-id"]);
  });

  it("come by themselves when the clock runs", async () => {
    const { received, url } = await startReceiver();
    const simulator = await startSimulator({ timeScale: 0.002 });
    await createWith(simulator, url, ["completed"]);
    await expect.poll(() => received.length).toBe(1);
  });

  it("go through a fetch of one's own", async () => {
    const asked: Request[] = [];
    const simulator = await startManual({
      webhooks: {
        fetch: async (input, init) => {
          asked.push(new Request(input, init));
          return new Response();
        },
      },
    });
    await createWith(simulator, "https://example.com/hook");
    await simulator.clock.advance(60_000);
    expect(asked.map(({ url }) => url)).toEqual(["https://example.com/hook", "https://example.com/hook"]);
  });
});
