import { describe, expect, it } from "vitest";
import { kontextInput, rejection, startManual, startSimulator } from "./helpers.ts";

describe("simulator.fetch", () => {
  it("answers Replicate's own addresses, and shows them in its answers", async () => {
    const simulator = await startManual({ draw: async () => Uint8Array.of(1, 2, 3) });
    const headers = { authorization: `Bearer ${simulator.token}` };
    const created = await simulator.fetch("https://api.replicate.com/v1/models/black-forest-labs/flux-kontext-pro/predictions", {
      method: "POST",
      headers,
      body: JSON.stringify({ input: kontextInput }),
    });
    const { urls } = await created.json();
    expect(urls.get).toMatch(/^https:\/\/api\.replicate\.com\/v1\/predictions\//);
    await simulator.clock.advance(60_000);
    const { output } = await (await simulator.fetch(urls.get, { headers })).json();
    expect(output).toMatch(/^https:\/\/replicate\.delivery\/output\//);
    const image = await simulator.fetch(output);
    expect(image).toMatchObject({ status: 200, url: output });
    expect(new Uint8Array(await image.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
  });

  it("takes a Request and a streamed body", async () => {
    const simulator = await startManual();
    const body = new Blob([JSON.stringify({ input: kontextInput })]).stream();
    const init = { method: "POST", headers: { authorization: `Bearer ${simulator.token}` }, body, duplex: "half" } as RequestInit;
    const request = new Request(`${simulator.url}/models/black-forest-labs/flux-kontext-pro/predictions`, init);
    expect((await simulator.fetch(request)).status).toBe(201);
  });

  it("refuses other origins", async () => {
    const simulator = await startManual();
    expect(await rejection(simulator.fetch("https://example.com/"))).toMatchObject({ cause: { code: "ENOTFOUND" } });
    expect(simulator.requests).toHaveLength(0);
  });

  it("asks nothing with an aborted signal", async () => {
    const simulator = await startManual();
    const signal = AbortSignal.abort();
    expect(await rejection(simulator.fetch(`${simulator.url}/account`, { signal }))).toMatchObject({ name: "AbortError" });
    expect(simulator.requests).toHaveLength(0);
  });

  it("ends with the simulator", async () => {
    const simulator = await startSimulator();
    simulator.faults.add({ on: "any", kind: "hang" });
    const pending = rejection(simulator.fetch(`${simulator.url}/account`));
    await expect.poll(() => simulator.requests.length).toBe(1);
    await simulator.close();
    expect(await pending).toMatchObject({ message: "fetch failed", cause: { code: "ECONNREFUSED" } });
    await simulator.close();
  });
});
