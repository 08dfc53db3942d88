import { ask, onUnauthorized } from "./api.ts";
import type { Features } from "./api-types.ts";
import { useLoaded } from "./use-loaded.ts";

let asked: Promise<Features> | undefined;

// Whoever signs in next may do something else.
onUnauthorized(() => {
  asked = undefined;
});

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
