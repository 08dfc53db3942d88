import type { FaultKind } from "../fault-kind.ts";

const throttle = (name: string, title: string, tells: readonly ("header" | "body" | "text")[]): FaultKind => ({
  name: `throttled-${name}`,
  title: `HTTP 429 that tells the time ${title}`,
  needs: "http",
  strikes: ["create"],
  created: "no",
  isLimited: true,
  // Rarely: each 429 holds everybody who shares the limiter and slows them down, one that tells no time for twice as long as the one before.
  arrange: (world) => world.strike({ on: "create", kind: "throttle", retryAfterSeconds: 0.05, tells }, tells.length > 0 ? 0.03 : 0.01),
});

/** Creates that Replicate throttles. */
export const throttleKinds: readonly FaultKind[] = [
  throttle("header", "in its header", ["header"]),
  throttle("body", "in its body", ["body"]),
  throttle("text", "in its text", ["text"]),
  throttle("silent", "nowhere", []),
  {
    name: "throttled-page",
    title: "HTTP 429, the page of a proxy",
    needs: "http",
    strikes: ["create"],
    created: "no",
    isLimited: true,
    arrange: (world) => world.strike({ on: "create", kind: "html", status: 429 }, 0.01),
  },
];
