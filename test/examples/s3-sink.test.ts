import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { S3Client } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import type { Sink } from "../../src/runs/sink.ts";
import { countOf, rejection, request, setTheStage, tinyPng } from "../client/helpers.ts";
import { imageEvents } from "../client/sinks.ts";
import { startTcp } from "../replicate/helpers.ts";
import { toSinkImage, toStream } from "../sinks/helpers.ts";
import { importExample } from "./import-example.ts";
import { startS3, toClient } from "./start-s3.ts";

const { s3Sink } = await importExample<{ s3Sink(options: { client: S3Client; bucket: string }): Sink }>("s3-sink.ts");
const bucket = "images";
const megabyte = 1_000_000;
const { signal } = new AbortController();

/** An image of 12 MB, which S3 takes in three parts. No two of its megabytes are the same. */
const large = Buffer.concat([tinyPng, ...Array.from({ length: 12 }, (_, index) => Buffer.alloc(megabyte, `${index} `))]);
const draw = async () => large;

it("keeps photo and staged images in the bucket, in parts where they are large, and gives them back", async () => {
  const s3 = await startS3();
  const { client } = await setTheStage({ sink: s3Sink({ client: s3.client, bucket }) }, { draw });
  const { id, photo, images } = await client.stage(request);
  const keys = [`${id}/original-0.png`, `${id}/staged-0.png`];
  expect(await s3.keys()).toEqual(keys);
  expect([photo?.location, images[0]?.location]).toEqual(keys.map((key) => `s3://images/${key}`));
  expect(await s3.read(keys[0] as string)).toEqual({ bytes: tinyPng, contentType: "image/png" });
  const { bytes, contentType } = await s3.read(keys[1] as string);
  const home = (await images[0]?.bytes()) ?? new Uint8Array();
  expect([contentType, Buffer.compare(bytes, home)]).toEqual(["image/png", 0]);
  expect(images[0]?.byteLength).toBe(bytes.length);
  expect(s3.asked.filter((line) => line.includes("partNumber="))).toHaveLength(3);
});

it("counts nothing of an upload whose server dies half way; resume brings it home when the server is back", async () => {
  const s3 = await startS3();
  const sink = s3Sink({ client: s3.client, bucket });
  const { client, another, simulator, run, events } = await setTheStage({ sink }, { draw });
  s3.onRequest = ({ url }) => {
    if (url?.includes("partNumber=2")) s3.kill();
  };
  expect(await rejection(client.stage(request))).toMatchObject({ code: "sink", retryable: true, billed: "yes" });
  expect(imageEvents(events).slice(1)).toMatchObject([1, 2, 3].map((tries) => ({ type: "image.failed", code: "sink", tries })));
  const { id, state, images } = await run();
  expect({ state, images }).toEqual({ state: "running", images: [] });
  s3.onRequest = undefined;
  await s3.restart();
  expect(await s3.keys()).toEqual([`${id}/original-0.png`]);
  const [resumed] = await another().resume();
  expect(resumed?.run).toMatchObject({ id, state: "succeeded", images: [{ location: `s3://images/${id}/staged-0.png` }] });
  expect(await s3.keys()).toEqual([`${id}/original-0.png`, `${id}/staged-0.png`]);
  expect(countOf(simulator, "create")).toBe(1);
});

it("pays nothing where the bucket refuses the photo", async () => {
  const s3 = await startS3();
  const { client, simulator } = await setTheStage({ sink: s3Sink({ client: s3.client, bucket: "nobodys" }) });
  const error = await rejection(client.stage(request));
  expect(error).toMatchObject({ code: "sink", retryable: false, billed: "no", message: expect.stringContaining("NoSuchBucket") });
  expect(countOf(simulator, "create")).toBe(0);
});

it("leaves no object of an image that is cut on its way", async () => {
  const s3 = await startS3();
  const sink = s3Sink({ client: s3.client, bucket });
  for (const pieces of [0, 1, 7]) {
    const body = toStream(
      Array.from({ length: pieces }, () => new Uint8Array(megabyte)),
      new Error("cut"),
    );
    expect(await rejection(sink.put(toSinkImage({ body }), { signal }))).toBeInstanceOf(Error);
  }
  expect(await s3.keys()).toEqual([]);
});

it("gives back nothing from another bucket, and nothing that is not there", async () => {
  const s3 = await startS3();
  const sink = s3Sink({ client: s3.client, bucket });
  for (const location of ["s3://others/run_1/staged-0.png", "s3://images/run_1/staged-0.png"]) {
    expect(await rejection(sink.get?.(location) as Promise<unknown>), location).toMatchObject({ code: "sink", retryable: false });
  }
});

it("lets go of its connection when nobody waits any more", async () => {
  const controller = new AbortController();
  let closed: Promise<unknown> | undefined;
  const { port } = await startTcp((socket) => {
    closed = once(socket, "close");
    socket.once("data", () => controller.abort());
  });
  const sink = s3Sink({ client: toClient(`http://127.0.0.1:${port}`), bucket });
  expect(await rejection(sink.put(toSinkImage(), { signal: controller.signal }))).toMatchObject({ name: "AbortError" });
  await closed;
});

it("holds a few parts, whatever the size of the image", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const measure = () => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  const s3 = await startS3();
  const before = measure();
  let [peak, left] = [0, 40];
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (left % 4 === 0) peak = Math.max(peak, measure() - before);
        if (left-- > 0) controller.enqueue(new Uint8Array(megabyte));
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  await s3Sink({ client: s3.client, bucket }).put(toSinkImage({ body }), { signal });
  expect((await s3.read("run_1/staged-0.png")).bytes.length).toBe(40 * megabyte);
  expect(peak).toBeLessThan(25 * megabyte);
});
