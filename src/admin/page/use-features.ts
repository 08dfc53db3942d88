import { ask } from "./api.ts";
import type { Features } from "./api-types.ts";
import { useLoaded } from "./use-loaded.ts";

let asked: Promise<Features> | undefined;

/** What this handler and this person may do; `undefined` until the server told. */
export function useFeatures(): Features | undefined {
  return useLoaded("features", () => {
    asked ??= ask<Features>("features").catch((error) => {
      asked = undefined;
      throw error;
    });
    return asked;
  }).data;
}
