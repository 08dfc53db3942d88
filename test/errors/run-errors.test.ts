import { describe, expect, it } from "vitest";
import { RunFailedError } from "../../src/errors/run-failed-error.ts";
import { RunNotWaitableError } from "../../src/errors/run-not-waitable-error.ts";
import { ThrottledError } from "../../src/errors/throttled-error.ts";
import { UnknownOutcomeError } from "../../src/errors/unknown-outcome-error.ts";

const moderated = { code: "moderation", message: "It was moderated", billed: "unknown" } as const;
const attempts = [{ predictionId: "p1" }, { predictionId: "p2" }];

describe("RunFailedError", () => {
  it.each([
    ["given up", { state: "aborted" }, null, { billed: "no", reasonCode: null, predictionId: null }, "ended as aborted: given up"],
    ["failed", { state: "failed", attempts }, moderated, { billed: "unknown", reasonCode: "moderation", predictionId: "p2" }, "moderated"],
    ["ended by somebody else", { state: "failed" }, null, { billed: "unknown", reasonCode: null }, "ended as failed: no reason was kept"],
    ["canceled by somebody else", { state: "canceled" }, null, { billed: "unknown" }, "ended as canceled: no reason was kept"],
    ["claimed by somebody else", { state: "creating" }, null, { billed: "unknown" }, "is creating, in other hands: client.wait(…)"],
    ["finished by somebody else", { state: "succeeded", attempts }, null, { billed: "unknown", predictionId: "p2" }, "is succeeded"],
  ] as const)("of a run that was %s", (_, run, reason, told, words) => {
    const error = new RunFailedError({ id: "run_1", ...run }, reason);
    expect(error).toMatchObject({ code: "run_failed", runId: "run_1", state: run.state, retryable: false, ...told });
    expect(error.message).toContain(words);
  });
});

describe("the way out of not knowing", () => {
  it.each([
    ["a create without an answer", new UnknownOutcomeError("run_1", "read ECONNRESET")],
    ["a run that is unknown", new RunNotWaitableError("run_1", "unknown")],
  ])("is told of %s", (_, error) => {
    expect(error.billed).toBe("unknown");
    expect(error.message).toContain("replicate.com/predictions");
    expect(error.message).toContain('client.conclude("run_1", { predictionId })');
  });

  it.each([
    ["preparing", "no"],
    ["creating", "unknown"],
    ["running", "unknown"],
  ])("is none of a run that is %s, billed %s", (state, billed) => {
    const error = new RunNotWaitableError("run_1", state);
    expect(error).toMatchObject({ billed, state });
    expect(error.message).not.toContain("conclude");
  });
});

describe("ThrottledError", () => {
  it("tells where to add credit, only where it is low", () => {
    expect(new ThrottledError(9_500, true)).toMatchObject({ hasLowCredit: true, message: expect.stringContaining("account/billing") });
    expect(new ThrottledError(9_500)).toMatchObject({ hasLowCredit: false, retryAfterMs: 9_500 });
    expect(new ThrottledError(9_500).message).toMatch(/in 10 s$/);
  });
});
