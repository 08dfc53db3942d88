import Replicate, { validateWebhook } from "replicate";
import { describe, expect, it } from "vitest";
import { kontextInput, qwenInput, startManual, startSimulator, tinyPng } from "./helpers.ts";

describe("the official replicate package", () => {
  it("runs a model to its output", async () => {
    const simulator = await startSimulator({ timeScale: 0.002 });
    const replicate = new Replicate({ auth: simulator.token, baseUrl: simulator.url });
    expect(await replicate.run("black-forest-labs/flux-kontext-pro", { input: kontextInput })).toBe(
      `${new URL(simulator.url).origin}/output/${simulator.predictions[0]?.id}/0.png`,
    );
    expect(await replicate.run("qwen/qwen-image-edit", { input: qwenInput, wait: { mode: "poll", interval: 5 } })).toHaveLength(1);
    simulator.outcomes.add({ status: "failed", error: "flagged as sensitive (E005)" });
    await expect(replicate.run("qwen/qwen-image-edit", { input: qwenInput })).rejects.toThrow("E005");
    expect(simulator.ledger.microUsd).toBe(70_000);
  });

  it("runs in memory, where outputs are files", async () => {
    const simulator = await startSimulator({ timeScale: 0.002, draw: async () => tinyPng });
    const replicate = new Replicate({ auth: simulator.token, fetch: simulator.fetch });
    const output = (await replicate.run("black-forest-labs/flux-kontext-pro", { input: kontextInput })) as { blob(): Promise<Blob> };
    expect(new Uint8Array(await (await output.blob()).arrayBuffer())).toEqual(tinyPng);
  });

  it("creates, gets, lists and cancels predictions", async () => {
    const simulator = await startManual();
    const replicate = new Replicate({ auth: simulator.token, baseUrl: simulator.url });
    const created = await replicate.predictions.create({ model: "black-forest-labs/flux-kontext-pro", input: kontextInput });
    expect(created.status).toBe("starting");
    expect((await replicate.predictions.get(created.id)).id).toBe(created.id);
    for (let count = 0; count < 100; count += 1) simulator.createElsewhere({ modelId: "qwen/qwen-image-edit", input: qwenInput });
    const pages: number[] = [];
    for await (const page of replicate.paginate(replicate.predictions.list)) pages.push(page.length);
    expect(pages).toEqual([100, 1]);
    expect((await replicate.predictions.cancel(created.id)).status).toBe("canceled");
    const versionId = (await replicate.models.get("qwen", "qwen-image-edit")).latest_version?.id ?? "";
    const versioned = await replicate.predictions.create({ version: versionId, input: qwenInput });
    expect(versioned).toMatchObject({ model: "qwen/qwen-image-edit", version: versionId });
  });

  it("uploads, gets, lists and deletes files, also those within an input", async () => {
    const simulator = await startManual();
    const replicate = new Replicate({ auth: simulator.token, baseUrl: simulator.url });
    const file = await replicate.files.create(new File([tinyPng], "room.png", { type: "image/png" }), { room: "hall" });
    expect(file).toMatchObject({ name: "room.png", size: tinyPng.length, metadata: { room: "hall" } });
    expect((await replicate.files.get(file.id)).id).toBe(file.id);
    expect((await replicate.files.list()).results).toHaveLength(1);
    expect(await replicate.files.delete(file.id)).toBe(true);
    const input = { prompt: "x", image: new Blob([tinyPng]) };
    const { id } = await replicate.predictions.create({ model: "qwen/qwen-image-edit", input });
    await simulator.clock.advance(60_000);
    expect((await replicate.predictions.get(id)).status).toBe("succeeded");
  });

  it("reads account, secret and refusals, and accepts the webhooks", async () => {
    let received: Request | undefined;
    const simulator = await startManual({
      webhooks: {
        fetch: async (input, init) => {
          received = new Request(input, init);
          return new Response();
        },
      },
    });
    const replicate = new Replicate({ auth: simulator.token, baseUrl: simulator.url });
    expect((await replicate.accounts.current()).username).toBe("simulated");
    const { key } = await replicate.webhooks.default.secret.get();
    const webhook = "https://example.com/hook";
    await replicate.predictions.create({ model: "qwen/qwen-image-edit", input: qwenInput, webhook, webhook_events_filter: ["completed"] });
    await simulator.clock.advance(60_000);
    const { headers } = received as Request;
    const body = await (received as Request).text();
    const read = (name: string) => headers.get(`webhook-${name}`) ?? "";
    expect(await validateWebhook({ id: read("id"), timestamp: read("timestamp"), signature: read("signature"), body, secret: key })).toBe(
      true,
    );
    const refused = replicate.predictions.create({ model: "qwen/qwen-image-edit", input: { prompt: "x" } });
    await expect(refused).rejects.toThrow("image is required");
    const stranger = new Replicate({ auth: "r8_wrong", baseUrl: simulator.url });
    await expect(stranger.accounts.current()).rejects.toThrow("401");
  });
});
