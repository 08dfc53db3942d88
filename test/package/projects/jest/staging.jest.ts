import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { RestageError, StagingClient } from "restage";
import { createReplicateSimulator, type ReplicateSimulator } from "restage/testing";

const photo = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAADAAAAAgAQMAAABuGmlfAAAAA1BMVEW5sqaEszKiAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWNgGN4AAADgAAECHtNHAAAAAElFTkSuQmCC",
  "base64",
);
let simulator: ReplicateSimulator;

beforeAll(async () => {
  simulator = await createReplicateSimulator({ timeScale: 0.01 });
});
afterAll(() => simulator.close());

test("stages a photo against the simulator and saves the image", async () => {
  const client = new StagingClient({ token: simulator.token, baseUrl: simulator.url });
  const run = await client.stage({ image: new Uint8Array(photo), room: "living_room", style: "scandinavian" });
  const path = join(await mkdtemp(join(tmpdir(), "restage-jest-")), "staged.png");
  await run.images[0]?.save(path);
  expect((await readFile(path)).length).toBeGreaterThan(0);
}, 60_000);

test("tells what is no image before anything is sent", async () => {
  const client = new StagingClient({ token: simulator.token, baseUrl: simulator.url });
  const sentBefore = simulator.requests.filter(({ method }) => method === "POST").length;
  const text = new TextEncoder().encode("%PDF-1.7");
  const error = await client.stage({ image: text, room: "living_room" }).catch((thrown: unknown) => thrown);
  expect(RestageError.is(error)).toBe(true);
  expect(simulator.requests.filter(({ method }) => method === "POST")).toHaveLength(sentBefore);
});
