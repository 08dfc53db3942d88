import type { Window } from "../replicate/list-predictions.ts";
import type { Prediction } from "../replicate/prediction.ts";
import type { Mark } from "../runs/run.ts";
import { compareMarks } from "./compare-marks.ts";
import { toMark } from "./to-mark.ts";

/** The latest predictions that Replicate accepted: what a listing must hold, if it is to be believed about what it does not hold. */
export interface Recent {
  /** `acceptedAtMs` by the client's clock; `dateMs`: the time that the answer told. */
  add(prediction: Prediction, mark: Mark, acceptedAtMs: number, dateMs: number | undefined): void;
  /** What is wrong with a listing of a window; those accepted after `settledMs` may not be listed yet. */
  findFlaw(listed: readonly Prediction[], window: Window, settledMs: number): Promise<string | undefined>;
}

const maximumKept = 100;

// Half of what a window is wider than needed.
const maximumSkewMs = 30_000;

/** Remembers the last 100 predictions. */
export function createRecent(): Recent {
  let isSkewed = false;
  const known = new Map<string, { readonly createdMs: number; readonly acceptedAtMs: number; readonly mark: Mark }>();
  return {
    add({ id, created_at }, mark, acceptedAtMs, dateMs) {
      isSkewed = Math.abs(Date.parse(created_at ?? "") - (dateMs ?? Number.NaN)) > maximumSkewMs;
      known.set(id, { createdMs: Date.parse(created_at ?? ""), acceptedAtMs, mark });
      const [oldest] = known.keys();
      if (known.size > maximumKept && oldest !== undefined) known.delete(oldest);
    },
    async findFlaw(listed, { fromMs, toMs }, settledMs) {
      if (isSkewed) return "the time of Replicate's answers is not that of its predictions";
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
