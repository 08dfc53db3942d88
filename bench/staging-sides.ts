import Replicate from "replicate";
import { type Clock, systemClock } from "../src/basics/clock.ts";
import { StagingClient } from "../src/client/staging-client.ts";
import type { ServedReplicate } from "./start-replicate.ts";

/** What everybody stages; the photo's address is passed on unread. */
const request = { image: "https://example.com/room.jpg", room: "living_room", style: "scandinavian" } as const;

/** A finished staging. */
interface Staged {
  readonly image: Uint8Array;
  /** When the prediction was done, as Replicate tells. */
  readonly completedAt: string | null | undefined;
}

/** Stages `request` from create to image, with nothing but what its users write. */
export type Side = () => Promise<Staged>;

/** This library with its run store in memory. It knows no limits. */
export function toRestageSide({ url, token }: ServedReplicate, clock?: Clock): Side {
  const client = new StagingClient({ token, baseUrl: url, clock, limiter: false });
  return async () => {
    const { images, attempts } = await client.stage(request);
    const [image] = images;
    if (image === undefined) throw new Error("no image came");
    return { image: await image.bytes(), completedAt: attempts[0]?.completedAt };
  };
}

/** The official client, which looks at once and then every 500 ms. */
export async function toReplicateSide({ url, token }: ServedReplicate): Promise<Side> {
  const replicate = new Replicate({ auth: token, baseUrl: url });
  const { modelId, input } = await toCreate();
  return async () => {
    let completedAt: string | undefined;
    const output = await replicate.run(modelId, { input, wait: { mode: "poll" } }, (prediction) => {
      completedAt = prediction.completed_at;
    });
    const [address] = output as unknown as readonly unknown[];
    return { image: await download(address), completedAt };
  };
}

/** `fetch` without anything around it; looks at once and then every `pauseMs` milliseconds until the prediction is done. */
export async function toFetchSide({ url, token }: ServedReplicate, pauseMs = 500): Promise<Side> {
  const { modelId, input } = await toCreate();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const ask = async (path: string, init: RequestInit) => (await fetch(`${url}/${path}`, { headers, ...init })).json();
  return async () => {
    const { id } = await ask(`models/${modelId}/predictions`, { method: "POST", body: JSON.stringify({ input }) });
    for (;;) {
      const { status, output, completed_at } = await ask(`predictions/${id}`, {});
      if (status === "succeeded") return { image: await download(output[0]), completedAt: completed_at };
      await systemClock.sleep(pauseMs);
    }
  };
}

async function toCreate() {
  const { modelId, input } = await new StagingClient().plan(request);
  return { modelId: modelId as `${string}/${string}`, input };
}

async function download(address: unknown): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(String(address))).arrayBuffer());
}
