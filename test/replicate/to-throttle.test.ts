import { describe, expect, it } from "vitest";
import { toThrottle } from "../../src/replicate/to-throttle.ts";
import { toThrottleResponse } from "../../src/testing/simulator/throttle-response.ts";

/** A 429 as Replicate words it. */
async function answer(...given: Parameters<typeof toThrottleResponse>) {
  const response = toThrottleResponse(...given);
  return { headers: response.headers, body: await response.json() };
}

describe("toThrottle", () => {
  it.each(["header", "body", "text"] as const)("reads how long to wait from the %s, and whether credit is low", async (tells) => {
    expect(toThrottle("create", await answer(30, [tells]))).toEqual({ kind: "create", retryAfterMs: 30_000, hasLowCredit: false });
    expect(toThrottle("create", await answer(30, [tells], true))).toEqual({ kind: "create", retryAfterMs: 30_000, hasLowCredit: true });
  });

  it("reads neither where neither is told", async () => {
    expect(toThrottle("other", await answer(30, []))).toEqual({ kind: "other", retryAfterMs: null, hasLowCredit: false });
  });

  it("takes creates alone for those of low credit", async () => {
    expect(toThrottle("other", await answer(30, [], true))).toMatchObject({ kind: "other", hasLowCredit: false });
  });

  it.each([
    [true, "while you have less than $5.0 in credit."],
    [true, "Your account has less than $10 in credit"],
    [true, "less than $2.50 of credit"],
    [false, "Insufficient credit"],
    [false, "Request was throttled."],
    [false, 5],
    [false, undefined],
  ])("says %s for %j", (hasLowCredit, detail) => {
    expect(toThrottle("create", { headers: new Headers(), body: { detail } })).toMatchObject({ hasLowCredit });
  });

  it.each([undefined, null, "<html>less than $5.0 in credit</html>", []])("reads nothing in a body of another shape: %j", (body) => {
    const nothing = { kind: "create", retryAfterMs: null, hasLowCredit: false };
    expect(toThrottle("create", { headers: new Headers(), body })).toEqual(nothing);
  });
});
