import { onTestFinished } from "vitest";
import { createReplicateSimulator, type ReplicateSimulator, type ReplicateSimulatorOptions } from "../../../src/testing/index.ts";

/** The smallest thing that passes for a photo without being drawn from. */
export const tinyPng = Uint8Array.from(
  Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"),
);
export const tinyPhotoUrl = `data:image/png;base64,${Buffer.from(tinyPng).toString("base64")}`;
export const kontextInput = { prompt: "Furnish this living room", input_image: tinyPhotoUrl };
export const qwenInput = { prompt: "Furnish this living room", image: tinyPhotoUrl };
export const kontextPath = "/models/black-forest-labs/flux-kontext-pro/predictions";
export const qwenPath = "/models/qwen/qwen-image-edit/predictions";
export const seedreamPath = "/models/bytedance/seedream-4/predictions";

/** A simulator that is closed with the test. */
export async function startSimulator(options: ReplicateSimulatorOptions = {}): Promise<ReplicateSimulator> {
  const simulator = await createReplicateSimulator({ seed: 1, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

/** One whose clock stands still. */
export function startManual(options: ReplicateSimulatorOptions = {}): Promise<ReplicateSimulator> {
  return startSimulator({ clock: "manual", ...options });
}

/** An answer with its JSON read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  readonly body: any;
}

/** Asks over real HTTP, with the token. */
export async function ask(simulator: ReplicateSimulator, path: string, init: RequestInit & { json?: unknown } = {}): Promise<Answer> {
  const { json, ...rest } = init;
  const headers = new Headers(init.headers);
  if (!headers.has("authorization")) headers.set("authorization", `Bearer ${simulator.token}`);
  if (json !== undefined) headers.set("content-type", "application/json");
  const response = await fetch(path.startsWith("http") ? path : simulator.url + path, {
    ...(json === undefined ? {} : { method: "POST", body: JSON.stringify(json) }),
    ...rest,
    headers,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith("{") ? JSON.parse(text) : text };
}

/** Creates a prediction. */
export function create(simulator: ReplicateSimulator, input: unknown = kontextInput, headers: HeadersInit = {}): Promise<Answer> {
  return ask(simulator, kontextPath, { json: { input }, headers });
}

/** The text of a data URL or a rejection, for comparing. */
export async function rejection(work: Promise<unknown>): Promise<TypeError & { cause?: { code?: string } }> {
  try {
    await work;
  } catch (error) {
    return error as TypeError & { cause?: { code?: string } };
  }
  throw new Error("did not reject");
}
