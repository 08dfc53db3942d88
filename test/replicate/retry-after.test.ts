import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toRetryAfterMs } from "../../src/replicate/retry-after.ts";

const answer = (body: unknown, header?: string) => ({
  status: 429,
  headers: new Headers(header === undefined ? {} : { "retry-after": header }),
  body,
});

describe("toRetryAfterMs", () => {
  it.each<[number | null, unknown, string?]>([
    [30_000, { detail: "Request was throttled. Your rate limit resets in ~30s." }],
    [2_500, { detail: "resets in ~ 2.5 s" }],
    [10_000, { detail: "resets in ~30s", retry_after: 10 }],
    [10_000, { detail: "resets in ~30s", retry_after: "10" }],
    [5_000, { detail: "resets in ~30s", retry_after: 10 }, "5"],
    [0, { detail: "throttled" }, "0"],
    [1, { detail: "throttled", retry_after: 0.0001 }],
    [30_000, { detail: "resets in ~30s" }, "Fri, 20 Nov 2026 12:00:05 GMT"],
    [30_000, { detail: "resets in ~30s" }, ""],
    [30_000, { detail: "resets in ~30s", retry_after: -1 }],
    [30_000, { detail: "resets in ~30s", retry_after: null }],
    [30_000, { detail: "resets in ~30s", retry_after: true }],
    [30_000, { detail: "resets in ~30s", retry_after: [] }],
    [30_000, { detail: "resets in ~30s", retry_after: "1e999" }],
    [null, { detail: "resets in ~30 minutes" }],
    [null, { detail: "later" }],
    [null, { detail: 5 }],
    [null, undefined],
    [null, null],
    [null, "~5s"],
  ])("gives %j for %j with the header %j", (expected, body, header) => {
    expect(toRetryAfterMs(answer(body, header))).toBe(expected);
  });

  it("is a whole number of milliseconds or nothing, whatever comes", () => {
    const header = fc.option(fc.stringMatching(/^[ -~]*$/), { nil: undefined });
    fc.assert(
      fc.property(fc.anything(), fc.string(), header, (retry_after, detail, value) => {
        const wait = toRetryAfterMs(answer({ retry_after, detail }, value));
        expect(wait === null || (Number.isSafeInteger(wait) && wait >= 0)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
