import { setInterval } from "node:timers";

const everyMs = 20;

/** Notes when this process stands still. The result gives the longest stall of the process since a time, in milliseconds. */
export function watchStalls(): (since: number) => number {
  let stalls: { readonly at: number; readonly ms: number }[] = [];
  let lastAt = performance.now();
  const look = () => {
    const at = performance.now();
    const ms = at - lastAt - everyMs;
    // Shorter ones are nobody's concern, and a staging is over within a minute.
    if (ms > everyMs) stalls = [...stalls.filter((stall) => stall.at > at - 60_000), { at, ms }];
    lastAt = at;
  };
  setInterval(look, everyMs).unref();
  return (since) => {
    look();
    return Math.max(0, ...stalls.filter(({ at }) => at >= since).map(({ ms }) => ms));
  };
}
