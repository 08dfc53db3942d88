import { describe, expect, it } from "vitest";
import { deleteFile, uploadFile } from "../../src/replicate/files.ts";
import type { Fault } from "../../src/testing/index.ts";
import { countOf, findClosedPort, httpTo, httpToSimulator, rejection, startReplicate, tinyPng } from "./helpers.ts";

const always = Number.POSITIVE_INFINITY;
const photo = new Blob([tinyPng], { type: "image/png" });

describe("uploadFile", () => {
  it("brings the bytes there, with their name and type", async () => {
    const simulator = await startReplicate();
    const http = httpToSimulator(simulator);
    const { id, url } = await uploadFile(http, photo, "photo.png");
    expect(url).toBe(`${simulator.url}/files/${id}`);
    const { body } = await http.send({ method: "GET", path: `files/${id}`, mayRepeat: true });
    expect(body).toMatchObject({ id, name: "photo.png", content_type: "image/png", size: tinyPng.length });
    const authorization = `Bearer ${simulator.token}`;
    const stored = await fetch(`${simulator.url}/files/${id}/download`, { headers: { authorization } });
    expect(new Uint8Array(await stored.arrayBuffer())).toEqual(tinyPng);
  });

  it.each<[string, Fault]>([
    ["a reset before the body was read", { kind: "reset", when: "before_read" }],
    ["a reset after it", { kind: "reset", when: "after_read" }],
    ["a broken answer", { kind: "reset", when: "mid_body" }],
    ["500", { kind: "status", status: 500 }],
    ["503", { kind: "status", status: 503 }],
  ])("is tried again after %s, with all its bytes", async (_, fault) => {
    const simulator = await startReplicate();
    simulator.faults.add({ on: "upload", times: 2, ...fault });
    const large = new Blob([tinyPng, new Uint8Array(3_000_000)], { type: "image/png" });
    const http = httpToSimulator(simulator);
    const { id } = await uploadFile(http, large, "photo.png");
    const { body } = await http.send({ method: "GET", path: `files/${id}`, mayRepeat: true });
    expect(body).toMatchObject({ size: large.size });
    expect(countOf(simulator, "upload")).toBe(3);
  });

  it.each<[string, Fault, object, number]>([
    ["401", { kind: "status", status: 401 }, { code: "unauthenticated", retryable: false }, 1],
    ["413", { kind: "status", status: 413 }, { code: "refused_input", retryable: false }, 1],
    ["429", { kind: "throttle", retryAfterSeconds: 0, tells: ["header"] }, { code: "throttled", retryable: true }, 4],
    ["500", { kind: "status", status: 500 }, { code: "replicate_answer", retryable: true }, 4],
    ["garbled JSON", { kind: "garble" }, { code: "replicate_answer", retryable: true }, 1],
    ["a file without an address", { kind: "shape", body: { id: "abc" } }, { code: "replicate_answer", retryable: true }, 1],
    ["an id with a slash", { kind: "shape", body: { id: "../x", urls: { get: "https://a.b" } } }, { code: "replicate_answer" }, 1],
    ["an address that is none", { kind: "shape", body: { id: "abc", urls: { get: "x" } } }, { code: "replicate_answer" }, 1],
  ])("ends with a typed error at %s", async (_, fault, expected, uploads) => {
    const simulator = await startReplicate();
    simulator.faults.add({ on: "upload", times: always, ...fault });
    expect(await rejection(uploadFile(httpToSimulator(simulator), photo, "photo.png"))).toMatchObject({ billed: "no", ...expected });
    expect(countOf(simulator, "upload")).toBe(uploads);
  });

  it("says that it could not be uploaded where nobody listens", async () => {
    const http = httpTo(`http://127.0.0.1:${await findClosedPort()}/v1`);
    expect(await rejection(uploadFile(http, photo, "photo.png"))).toMatchObject({
      code: "connection",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });
});

describe("deleteFile", () => {
  it("tells whether the file is gone, and never throws", async () => {
    const simulator = await startReplicate();
    const http = httpToSimulator(simulator);
    const { id } = await uploadFile(http, photo, "photo.png");
    expect(await deleteFile(http, id)).toBe(true);
    expect(await deleteFile(http, id)).toBe(true);
    simulator.faults.add({ on: "file", kind: "status", status: 401, times: always });
    expect(await deleteFile(http, id)).toBe(false);
    expect(await deleteFile(httpTo(`http://127.0.0.1:${await findClosedPort()}/v1`), id)).toBe(false);
    expect(await deleteFile(httpToSimulator(simulator, { token: "" }), id)).toBe(false);
  });
});
