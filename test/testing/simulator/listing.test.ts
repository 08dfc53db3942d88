import { describe, expect, it } from "vitest";
import { ask, create, kontextInput, startManual, tinyPhotoUrl } from "./helpers.ts";

const other = { modelId: "black-forest-labs/flux-kontext-pro", input: { prompt: "x" } };
const idsOf = (body: { results: { id: string }[] }) => body.results.map(({ id }) => id);

describe("GET /predictions", () => {
  it("pages by a hundred, newest first, there and back", async () => {
    const simulator = await startManual();
    const ids: string[] = [];
    for (let count = 0; count < 250; count += 1) {
      // Some within one millisecond.
      if (count % 3 === 0) await simulator.clock.advance(1);
      ids.unshift(simulator.createElsewhere(other));
    }
    const first = await ask(simulator, "/predictions");
    expect(first.body.previous).toBeNull();
    const second = await ask(simulator, first.body.next);
    const third = await ask(simulator, second.body.next);
    expect(third.body.next).toBeNull();
    expect([first, second, third].flatMap(({ body }) => idsOf(body))).toEqual(ids);
    expect([first, second, third].map(({ body }) => body.results.length)).toEqual([100, 100, 50]);
    expect(idsOf((await ask(simulator, third.body.previous)).body)).toEqual(idsOf(second.body));
    expect(idsOf((await ask(simulator, second.body.previous)).body)).toEqual(idsOf(first.body));
  });

  it("keeps its place when predictions are added", async () => {
    const simulator = await startManual();
    const ids = Array.from({ length: 150 }, () => simulator.createElsewhere(other)).reverse();
    const first = await ask(simulator, "/predictions");
    await simulator.clock.advance(1);
    simulator.createElsewhere(other);
    expect(idsOf((await ask(simulator, first.body.next)).body)).toEqual(ids.slice(100));
  });

  it.each([
    [false, false, 1],
    [true, false, 2],
    [false, true, 2],
    [true, true, 3],
  ])("bounds inclusively: after %s, before %s", async (createdAfterInclusive, createdBeforeInclusive, count) => {
    const simulator = await startManual({ behaviour: { createdAfterInclusive, createdBeforeInclusive } });
    const now = simulator.clock.now();
    for (const agoMs of [4_000, 3_000, 2_000, 1_000, 0]) simulator.createElsewhere({ ...other, agoMs });
    const window = new URLSearchParams({
      created_after: new Date(now - 3_000).toISOString(),
      created_before: new Date(now - 1_000).toISOString(),
    });
    expect((await ask(simulator, `/predictions?${window}`)).body.results).toHaveLength(count);
    expect((await ask(simulator, "/predictions?created_after=yesterday")).status).toBe(400);
    expect((await ask(simulator, "/predictions?cursor=abc")).status).toBe(400);
  });

  it("keeps the bounds from page to page", async () => {
    const simulator = await startManual();
    for (let count = 0; count < 120; count += 1) simulator.createElsewhere({ ...other, agoMs: 1_000 });
    for (let count = 0; count < 120; count += 1) simulator.createElsewhere({ ...other, agoMs: 9_000 });
    const after = new Date(simulator.clock.now() - 5_000).toISOString();
    const first = await ask(simulator, `/predictions?created_after=${encodeURIComponent(after)}`);
    const second = await ask(simulator, first.body.next);
    expect(second.body).toMatchObject({ next: null, results: { length: 20 } });
  });

  it("lags when told so", async () => {
    const simulator = await startManual({ behaviour: { listingLagMs: 3_000 } });
    await create(simulator);
    await simulator.clock.advance(2_999);
    expect((await ask(simulator, "/predictions")).body.results).toHaveLength(0);
    await simulator.clock.advance(1);
    expect((await ask(simulator, "/predictions")).body.results).toHaveLength(1);
  });

  it("echoes inputs as told", async () => {
    const echo = async (listedInput: "verbatim" | "files_rewritten" | "omitted") => {
      const simulator = await startManual({ behaviour: { listedInput } });
      await create(simulator, { ...kontextInput, seed: 7 });
      return (await ask(simulator, "/predictions")).body.results[0].input;
    };
    expect(await echo("verbatim")).toEqual({ ...kontextInput, seed: 7 });
    const rewritten = await echo("files_rewritten");
    expect(rewritten).toMatchObject({ prompt: kontextInput.prompt, seed: 7 });
    expect(rewritten.input_image).not.toBe(tinyPhotoUrl);
    expect(await echo("omitted")).toEqual({});
  });

  it("echoes webhooks as told", async () => {
    const webhook = { url: "https://example.com/hook", filter: ["completed"] };
    const echo = async (echoesWebhook: boolean) => {
      const simulator = await startManual({ behaviour: { echoesWebhook } });
      const json = { input: kontextInput, webhook: webhook.url, webhook_events_filter: webhook.filter };
      await ask(simulator, "/models/black-forest-labs/flux-kontext-pro/predictions", { json });
      return (await ask(simulator, "/predictions")).body.results[0];
    };
    expect(await echo(true)).toMatchObject({ webhook: webhook.url, webhook_events_filter: webhook.filter });
    expect(await echo(false)).not.toHaveProperty("webhook");
  });

  it("holds other programs' predictions, which the account pays too", async () => {
    const simulator = await startManual();
    const id = simulator.createElsewhere({ ...other, source: "web" });
    await simulator.clock.advance(60_000);
    expect((await ask(simulator, "/predictions")).body.results).toMatchObject([{ id, source: "web", status: "succeeded" }]);
    expect(simulator.ledger.entries).toMatchObject([{ id, by: "elsewhere", microUsd: 40_000 }]);
    expect(() => simulator.createElsewhere({ modelId: "acme/none", input: {} })).toThrow("Unknown model");
  });
});
