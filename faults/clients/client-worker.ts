// Own time limits are not hastened: this module's timers are not the global ones.
import { clearTimeout, setTimeout } from "node:timers";
import { watchStalls } from "../compare/watch-stalls.ts";
import { timeScale, tinyPng } from "../scale.ts";
import type { StagingEnd, StagingOrder } from "./client-process.ts";
import { comparedClients } from "./clients.ts";
import { hastenTimers } from "./hasten-timers.ts";

const client = comparedClients.find(({ name }) => name === process.argv[2]);
if (client === undefined) throw new Error(`there is no client named ${process.argv[2]}`);
const { hasClock, open } = client;

// What a package forgets to catch must not end the stagings beside it.
process.on("unhandledRejection", () => undefined);
process.on("uncaughtException", () => undefined);
process.on("disconnect", () => process.exit());
const stalledSince = watchStalls();
if (!hasClock) hastenTimers(1 / timeScale);

process.on("message", async (order: StagingOrder) => {
  const startedAt = performance.now();
  const end = await stage(order);
  process.send?.({ id: order.id, ...end, stalledMs: stalledSince(startedAt) });
});

async function stage({ url, token, prompt, photoUrl, limitMs }: StagingOrder): Promise<StagingEnd> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<StagingEnd>((resolve) => {
    timer = setTimeout(() => {
      resolve({ end: "hung" });
      controller.abort();
    }, limitMs);
  });
  const work = async (): Promise<StagingEnd> => {
    try {
      const opened = await open({ url, token });
      const image = await opened.stage(prompt, photoUrl, controller.signal);
      return Buffer.from(tinyPng).equals(image) ? { end: "image" } : { end: "error", error: "the image is not whole" };
    } catch (error) {
      return { end: "error", error: error instanceof Error ? error.name : String(error) };
    }
  };
  const end = await Promise.race([work(), limit]);
  clearTimeout(timer);
  return end;
}
