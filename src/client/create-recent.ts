import type { Window } from "../replicate/list-predictions.ts";
import type { Prediction } from "../replicate/prediction.ts";
import type { Mark } from "../runs/run.ts";
import { compareMarks } from "./compare-marks.ts";
import { toMark } from "./to-mark.ts";

/** The latest predictions that Replicate accepted: what a listing must hold, if it is to be believed about what it does not hold. */
export interface Recent {
  /** `acceptedAtMs` by the client's clock. */
  add(prediction: Prediction, mark: Mark, acceptedAtMs: number): void;
  /** What is wrong with a listing of a window; those accepted after `settledMs` may not be listed yet. */
  findFlaw(listed: readonly Prediction[], window: Window, settledMs: number): Promise<string | undefined>;
}

const maximumKept = 100;

/** Remembers the last 100 predictions. */
export function createRecent(): Recent {
  const known = new Map<string, { readonly createdMs: number; readonly acceptedAtMs: number; readonly mark: Mark }>();
  return {
    add({ id, created_at }, mark, acceptedAtMs) {
      known.set(id, { createdMs: Date.parse(created_at ?? ""), acceptedAtMs, mark });
      const [oldest] = known.keys();
      if (known.size > maximumKept && oldest !== undefined) known.delete(oldest);
    },
    async findFlaw(listed, { fromMs, toMs }, settledMs) {
      const byId = new Map(listed.map((prediction) => [prediction.id, prediction]));
      for (const [id, { createdMs, acceptedAtMs, mark }] of known) {
        if (!(createdMs > fromMs && createdMs < toMs) || acceptedAtMs > settledMs) continue;
        const prediction = byId.get(id);
        if (prediction === undefined) return "the listing lacks predictions that were created";
        if (compareMarks(mark, await toMark(prediction.input), false) === "other") return "Replicate lists other inputs than were sent";
      }
      return undefined;
    },
  };
}
