import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { describe, expect, it, onTestFinished } from "vitest";
import type { DrawRequest, ReplicateSimulator, ReplicateSimulatorOptions } from "../../../src/testing/index.ts";
import { ask, startManual, tinyPhotoUrl, tinyPng } from "./helpers.ts";

async function startDrawing(options: ReplicateSimulatorOptions = {}) {
  const drawn: DrawRequest[] = [];
  const draw = async (request: DrawRequest) => {
    drawn.push(request);
    return Uint8Array.of(drawn.length);
  };
  return { drawn, simulator: await startManual({ draw, ...options }) };
}

async function run(simulator: ReplicateSimulator, modelId: string, input: unknown): Promise<string[]> {
  const { body } = await ask(simulator, `/models/${modelId}/predictions`, { json: { input } });
  await simulator.clock.advance(60_000);
  return [(await ask(simulator, `/predictions/${body.id}`)).body.output].flat();
}

describe("what is drawn", () => {
  it.each([
    ["qwen/qwen-image-edit", { image: tinyPhotoUrl }, { format: "webp", quality: 80 }],
    [
      "qwen/qwen-image-edit",
      { image: tinyPhotoUrl, output_format: "jpg", output_quality: 0, seed: 7 },
      { format: "jpg", quality: 1, seed: 7 },
    ],
    ["black-forest-labs/flux-kontext-pro", { input_image: tinyPhotoUrl, aspect_ratio: "match_input_image" }, { format: "png" }],
    ["black-forest-labs/flux-kontext-pro", { input_image: tinyPhotoUrl, aspect_ratio: "16:9" }, { format: "png", aspectRatio: "16:9" }],
    ["bytedance/seedream-4", { image_input: [tinyPhotoUrl] }, { format: "jpg", longestSidePx: 2048 }],
    ["bytedance/seedream-4", { image_input: [tinyPhotoUrl], size: "4K" }, { format: "jpg", longestSidePx: 4096 }],
    ["bytedance/seedream-4", { image_input: [tinyPhotoUrl], size: "custom", width: 1200 }, { format: "jpg", width: 1200, height: 2048 }],
    ["bytedance/seedream-3", {}, { photo: null, format: "jpg", aspectRatio: "16:9", longestSidePx: 1024 }],
  ])("%s %#", async (modelId, input, expected) => {
    const { drawn, simulator } = await startDrawing();
    const [output = ""] = await run(simulator, modelId, { prompt: "Furnish", ...input });
    expect(drawn).toHaveLength(0);
    await fetch(output);
    expect(drawn).toEqual([{ photo: Buffer.from(tinyPng), prompt: "Furnish", seed: expect.any(Number), index: 0, ...expected }]);
    expect(output).toMatch(new RegExp(`/0\\.${expected.format}$`));
  });

  it("is drawn once, every image by itself", async () => {
    const { drawn, simulator } = await startDrawing();
    const input = { prompt: "x", image_input: [tinyPhotoUrl], sequential_image_generation: "auto", max_images: 2 };
    const outputs = await run(simulator, "bytedance/seedream-4", input);
    const read = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect(await read(outputs[1] ?? "")).toEqual(Uint8Array.of(1));
    expect(await read(outputs[0] ?? "")).toEqual(Uint8Array.of(2));
    expect(await read(outputs[1] ?? "")).toEqual(Uint8Array.of(1));
    expect(drawn.map(({ index }) => index)).toEqual([1, 0]);
    expect((await fetch((outputs[0] ?? "").replace("/0.", "/2."))).status).toBe(404);
  });

  it("tells a failing pen, and tries again", async () => {
    let calls = 0;
    const draw = async () => {
      calls += 1;
      if (calls === 1) throw new Error("no ink");
      return tinyPng;
    };
    const simulator = await startManual({ draw });
    const [output = ""] = await run(simulator, "black-forest-labs/flux-kontext-pro", { prompt: "x", input_image: tinyPhotoUrl });
    const first = await fetch(output);
    expect(first.status).toBe(500);
    expect(await first.text()).toContain("no ink");
    expect((await fetch(output)).headers.get("content-type")).toBe("image/png");
  });
});

describe("the photo", () => {
  it("comes from an upload, also when that was deleted since", async () => {
    const { drawn, simulator } = await startDrawing();
    const form = new FormData();
    form.append("content", new Blob([tinyPng]), "room.png");
    const { body: file } = await ask(simulator, "/files", { method: "POST", body: form });
    const [output = ""] = await run(simulator, "qwen/qwen-image-edit", { prompt: "x", image: file.urls.get });
    await ask(simulator, file.urls.get, { method: "DELETE" });
    await fetch(output);
    expect(drawn[0]?.photo).toEqual(tinyPng);
  });

  it("is fetched from a loopback address, and from nowhere else", async () => {
    const server = createServer((_, response) => response.end(tinyPng));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { drawn, simulator } = await startDrawing();
    for (const image of [`http://127.0.0.1:${(server.address() as AddressInfo).port}/room.png`, "https://example.com/room.png"]) {
      const [output = ""] = await run(simulator, "qwen/qwen-image-edit", { prompt: "x", image });
      await fetch(output);
    }
    expect(drawn.map(({ photo }) => photo)).toEqual([tinyPng, null]);
  });

  it("is fetched by a function of one's own", async () => {
    const { drawn, simulator } = await startDrawing({ fetchPhoto: async (url) => new TextEncoder().encode(url.href) });
    const [output = ""] = await run(simulator, "qwen/qwen-image-edit", { prompt: "x", image: "https://example.com/room.png" });
    await fetch(output);
    expect(new TextDecoder().decode(drawn[0]?.photo ?? undefined)).toBe("https://example.com/room.png");
  });
});

describe("the pictures themselves", () => {
  it("are images of the kind that was asked for, from the photo", async () => {
    const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#b8a890" } })
      .jpeg()
      .toBuffer();
    const simulator = await startManual();
    const input = { prompt: "Furnish this living room", image: `data:image/jpeg;base64,${photo.toString("base64")}` };
    const [output = ""] = await run(simulator, "qwen/qwen-image-edit", input);
    const response = await fetch(output);
    expect(response.headers.get("content-type")).toBe("image/webp");
    expect(await sharp(Buffer.from(await response.arrayBuffer())).metadata()).toMatchObject({ format: "webp", width: 300, height: 200 });
  });
});
