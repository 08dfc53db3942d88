import manifest from "../../package.json" with { type: "json" };
import { StagingClient } from "../../src/index.ts";
import { createFastClock } from "../../src/testing/index.ts";
import { timeScale } from "../scale.ts";
import type { ComparedClient } from "./compared-client.ts";
import { comparedModel } from "./compared-model.ts";

// Its two durations of real time, at the scale of everything else; they are its defaults.
const realDurations = { requestTimeoutMs: 60_000 * timeScale, retryDelayMs: 500 * timeScale };

/** This library, by `stage` as in its README, with its run store in memory. */
export const restage: ComparedClient = {
  name: "restage",
  version: manifest.version,
  hasClock: true,
  async open({ url, token }) {
    const client = new StagingClient({ token, baseUrl: url, clock: createFastClock(1 / timeScale), ...realDurations });
    return {
      async stage(prompt, image, signal) {
        const { images } = await client.stage({ modelId: comparedModel, prompt, image }, { signal });
        const [staged] = images;
        if (staged === undefined) throw new Error("no image came back");
        return staged.bytes();
      },
    };
  },
};
