import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ReplicateSimulator } from "../../../src/testing/index.ts";
import { ask, create, startManual, tinyPng } from "./helpers.ts";

function upload(simulator: ReplicateSimulator, content: Blob | null, fields: Record<string, string> = {}) {
  const body = new FormData();
  if (content !== null) body.append("content", content, "room.png");
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return ask(simulator, "/files", { method: "POST", body });
}

const photo = new Blob([tinyPng], { type: "image/png" });

describe("files", () => {
  it("are uploaded, told, listed, downloaded and deleted", async () => {
    const simulator = await startManual();
    const { status, body } = await upload(simulator, photo, { metadata: '{"project":1}' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: "room.png",
      content_type: "image/png",
      size: tinyPng.length,
      metadata: { project: 1 },
      checksums: { sha256: createHash("sha256").update(tinyPng).digest("hex") },
      urls: { get: `${simulator.url}/files/${body.id}` },
    });
    expect((await ask(simulator, body.urls.get)).body).toEqual(body);
    expect((await ask(simulator, "/files")).body.results).toEqual([body]);
    const headers = { authorization: `Bearer ${simulator.token}` };
    const download = await fetch(`${body.urls.get}/download`, { headers });
    expect(download.headers.get("content-type")).toBe("image/png");
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(tinyPng);
    expect((await ask(simulator, body.urls.get, { method: "DELETE" })).status).toBe(204);
    expect((await ask(simulator, body.urls.get)).status).toBe(404);
    expect((await ask(simulator, body.urls.get, { method: "DELETE" })).status).toBe(404);
  });

  it("take their name and type from the fields", async () => {
    const simulator = await startManual();
    const { body } = await upload(simulator, photo, { filename: "hall.jpg", type: "image/jpeg" });
    expect(body).toMatchObject({ name: "hall.jpg", content_type: "image/jpeg" });
  });

  it("may be streamed in chunks", async () => {
    const simulator = await startManual();
    const form = new FormData();
    form.append("content", photo, "room.png");
    const whole = new Response(form);
    const init = { method: "POST", body: whole.body, duplex: "half", headers: { "content-type": whole.headers.get("content-type") ?? "" } };
    expect((await ask(simulator, "/files", init as RequestInit)).body).toMatchObject({ size: tinyPng.length });
  });

  it("are refused when too large, missing or not multipart", async () => {
    const simulator = await startManual({ maximumFileBytes: 100 });
    expect(await upload(simulator, new Blob([new Uint8Array(101)]))).toMatchObject({ status: 413, body: { status: 413 } });
    expect((await upload(simulator, new Blob([new Uint8Array(3_000_000)]))).status).toBe(413);
    expect((await upload(simulator, photo)).status).toBe(201);
    expect((await upload(simulator, null)).status).toBe(400);
    expect((await upload(simulator, photo, { metadata: "{" })).status).toBe(400);
    expect((await ask(simulator, "/files", { json: {} })).status).toBe(400);
  });

  it("take up to 100 MB", async () => {
    const simulator = await startManual();
    expect((await upload(simulator, new Blob([new Uint8Array(100 * 1024 * 1024 + 1)]))).status).toBe(413);
  });

  it("are gone after a day", async () => {
    const simulator = await startManual();
    const { body } = await upload(simulator, photo);
    expect(Date.parse(body.expires_at) - Date.parse(body.created_at)).toBe(86_400_000);
    await simulator.clock.advance(86_400_000);
    expect((await ask(simulator, body.urls.get)).status).toBe(404);
  });

  it("work as an input, if they are there when the run starts", async () => {
    const simulator = await startManual();
    const { body: file } = await upload(simulator, photo);
    const kept = await create(simulator, { prompt: "x", input_image: file.urls.get });
    await simulator.clock.advance(1_000);
    const early = await create(simulator, { prompt: "x", input_image: file.urls.get });
    await ask(simulator, file.urls.get, { method: "DELETE" });
    const late = await create(simulator, { prompt: "x", input_image: file.urls.get });
    await simulator.clock.advance(60_000);
    const statusOf = async (id: string) => (await ask(simulator, `/predictions/${id}`)).body;
    expect(await statusOf(kept.body.id)).toMatchObject({ status: "succeeded" });
    expect(await statusOf(early.body.id)).toMatchObject({ status: "failed", error: expect.stringContaining("404") });
    expect(await statusOf(late.body.id)).toMatchObject({ status: "failed" });
    expect(simulator.ledger.microUsd).toBe(40_000);
  });

  it("fail a run when they are no image", async () => {
    const simulator = await startManual();
    const { body: file } = await upload(simulator, new Blob(["<svg/>"]));
    const { body } = await create(simulator, { prompt: "x", input_image: file.urls.get });
    await simulator.clock.advance(60_000);
    const getError = async () => (await ask(simulator, `/predictions/${body.id}`)).body.error;
    expect(await getError()).toContain("cannot identify image");
    // Still so when the photo is long forgotten.
    await simulator.clock.advance(7_200_000);
    await create(simulator);
    expect(await getError()).toContain("cannot identify image");
    expect(simulator.ledger.entries[0]).toMatchObject({ status: "failed", microUsd: 0 });
  });

  it("fail a run when a data URL cannot be decoded", async () => {
    const simulator = await startManual();
    const { status, body } = await create(simulator, { prompt: "x", input_image: "data:image/png;base64,%E0%A4%A" });
    expect(status).toBe(201);
    await simulator.clock.advance(60_000);
    expect((await ask(simulator, `/predictions/${body.id}`)).body.status).toBe("failed");
  });
});
