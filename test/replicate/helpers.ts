import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/basics/clock.ts";
import type { CreateRequest } from "../../src/replicate/create.ts";
import { createHttp, type Http, type HttpOptions } from "../../src/replicate/http.ts";
import type { Limiter } from "../../src/replicate/limiter.ts";
import { createReplicateSimulator, type ReplicateSimulator, type ReplicateSimulatorOptions } from "../../src/testing/index.ts";

/** The smallest thing that passes for an image, one of each type. */
export const tinyPng = toBytes("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
export const tinyJpeg = toBytes("/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==");
export const tinyWebp = toBytes("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
export const tinyGif = toBytes("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

export const qwen = "qwen/qwen-image-edit";
export const pro = "black-forest-labs/flux-kontext-pro";
export const max = "black-forest-labs/flux-kontext-max";
export const seedream3 = "bytedance/seedream-3";
export const seedream4 = "bytedance/seedream-4";

function toBytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, "base64"));
}

export function toDataUrl(bytes: Uint8Array, contentType = "image/png"): string {
  return `data:${contentType};base64,${Buffer.from(bytes).toString("base64")}`;
}

/** A create that the simulator accepts. */
export const createRequest: CreateRequest = {
  modelId: pro,
  version: "latest",
  input: { prompt: "Furnish this living room", input_image: toDataUrl(tinyPng) },
  cancelAfterSeconds: 600,
};

/** A simulator whose clock stands still and whose images are one pixel; it is closed with the test. */
export async function startReplicate(options: ReplicateSimulatorOptions = {}): Promise<ReplicateSimulator> {
  const simulator = await createReplicateSimulator({ seed: 1, clock: "manual", draw: async () => tinyPng, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

/** Grants everything at once. */
const noLimiter: Limiter = { acquire: async () => undefined, throttled: async () => undefined };

/** The way to a server, with bounds that fit a test. */
export function httpTo(url: string, options: Partial<HttpOptions> = {}): Http {
  const defaults = { token: "r8_test_token", fetch, requestTimeoutMs: 5_000, retryDelayMs: 1, limiter: noLimiter, clock: systemClock };
  return createHttp({ ...defaults, baseUrl: url, ...options });
}

/** The way to a simulator. */
export function httpToSimulator({ url, token }: ReplicateSimulator, options: Partial<HttpOptions> = {}): Http {
  return httpTo(url, { token, ...options });
}

/** What a server of ours was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A plain HTTP server on the loopback address that reads each request to its end before `answer`; closed with the test. */
export async function startServer(
  answer: RequestListener,
): Promise<{ readonly origin: string; readonly url: string; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      return;
    }
    const { method = "", url = "", headers } = incoming;
    asked.push({ method, path: url, headers, body: Buffer.concat(chunks).toString() });
    answer(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, url: `${origin}/v1`, asked };
}

/** A TCP server that treats every connection as told, and counts what it got; closed with the test. */
export async function startTcp(
  onConnection: (socket: Socket) => void,
): Promise<{ readonly url: string; readonly port: number; readonly received: () => string; readonly connections: () => number }> {
  const sockets: Socket[] = [];
  let received = "";
  const server = createTcpServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      received += data.toString("latin1");
    });
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, port, received: () => received, connections: () => sockets.length };
}

/** A port on the loopback address on which nobody listens. */
export async function findClosedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`did not reject, but gave ${JSON.stringify(value)}`);
}

/** How many requests of this kind a simulator got. */
export function countOf({ requests }: ReplicateSimulator, target: string): number {
  return requests.filter((request) => request.target === target).length;
}
