import type { PredictionRecord } from "./prediction-record.ts";
import { outputTimes, toPredictionEnd } from "./prediction-state.ts";
import type { TaskClock } from "./simulator-clock.ts";
import type { SimulatorSettings } from "./simulator-settings.ts";

/**
 * Waits, at most so many milliseconds, until a prediction has ended or its first output can be seen, as `Prefer: wait` does; tells whether it has.
 */
export async function waitUntilDone(
  record: PredictionRecord,
  waitMs: number,
  clock: TaskClock,
  settings: SimulatorSettings,
): Promise<boolean> {
  const limit = clock.now() + waitMs;
  for (;;) {
    const end = toPredictionEnd(record, settings);
    const doneAt = Math.min(end.at, ...outputTimes(record, end, settings));
    if (clock.now() >= doneAt) return true;
    if (clock.now() >= limit) return false;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        record.wakers.delete(wake);
        takeBack();
        resolve();
      };
      const takeBack = clock.at(Math.min(doneAt, limit), wake);
      record.wakers.add(wake);
    });
  }
}
