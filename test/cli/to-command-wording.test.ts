import { describe, expect, it } from "vitest";
import { toCommandWording } from "../../src/cli/to-command-wording.ts";
import { UnknownOutcomeError } from "../../src/errors/unknown-outcome-error.ts";
import { WaitTimeoutError } from "../../src/errors/wait-timeout-error.ts";

describe("toCommandWording", () => {
  it.each([
    [
      new UnknownOutcomeError("run_1", "HTTP 500"),
      "It is unknown whether Replicate created the prediction of run run_1 (HTTP 500). It is not sent again: look at replicate.com/predictions, then `restage runs conclude run_1 --prediction PREDICTION_ID`, or --none where there is none",
    ],
    [new WaitTimeoutError("run_1", 5_000), "Run run_1 goes on after 5000 ms: `restage runs resume` takes it up again"],
  ])("names no call of the library: %s", (error, wording) => {
    expect(toCommandWording(error.message)).toBe(wording);
  });

  it("says with commands what settings are told to do", () => {
    expect(toCommandWording("settings.history(…) lists them, settings.rollback(…) goes back")).toBe(
      "`restage config history` lists them, `restage config rollback` goes back",
    );
  });
});
