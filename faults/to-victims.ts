import type { CallerRecord } from "./caller.ts";
import type { StopAt } from "./worker-messages.ts";

/** A process that is to stop, and whom it stages for. */
export interface Victim {
  readonly batch: readonly CallerRecord[];
  readonly stop: StopAt;
}

/**
 * Shares stagings out among processes that stop: those with one staging before and after every step in turn, those with several at any step
 * of all of them. What stands still is shown step by step. `stepsOfOne`: how many steps one staging takes that nothing befalls.
 */
export function toVictims(
  records: readonly CallerRecord[],
  stepsOfOne: number,
  signal: StopAt["signal"],
  random: () => number,
): readonly Victim[] {
  const victims: Victim[] = [];
  let singles = 0;
  for (let start = 0; start < records.length; ) {
    const size = signal === "SIGSTOP" || victims.length % 2 === 0 ? 1 : 2 + Math.floor(random() * 28);
    const batch = records.slice(start, start + size);
    // Some stagings take a few steps more.
    const step = size === 1 ? 1 + (Math.floor(singles / 2) % (stepsOfOne + 3)) : 1 + Math.floor(random() * stepsOfOne * batch.length);
    victims.push({ batch, stop: { step, isDone: size === 1 ? singles % 2 === 1 : random() < 0.5, signal } });
    singles += size === 1 ? 1 : 0;
    start += size;
  }
  return victims;
}
