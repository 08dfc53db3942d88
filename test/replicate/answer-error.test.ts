import { describe, expect, it } from "vitest";
import { toAnswerError } from "../../src/replicate/answer-error.ts";
import { type InvalidField, refuseFields, toProblemResponse } from "../../src/testing/simulator/problem-response.ts";
import { toThrottleResponse } from "../../src/testing/simulator/throttle-response.ts";

async function toError(response: Response, secrets?: readonly string[]) {
  return toAnswerError({ status: response.status, headers: response.headers, body: await response.json() }, secrets);
}

describe("an answer that is no success", () => {
  it.each([
    [401, "unauthenticated", false],
    [402, "insufficient_credit", false],
    [403, "unauthenticated", false],
    [404, "replicate_answer", false],
    [408, "replicate_answer", true],
    [413, "refused_input", false],
    [500, "replicate_answer", true],
  ])("%i is %s", async (status, code, retryable) => {
    expect(await toError(toProblemResponse(status, "no"))).toMatchObject({ code, retryable, billed: "no" });
  });

  it("422 names each field, without what was sent", async () => {
    const fields: readonly InvalidField[] = [
      { type: "value_error", field: "input.prompt", description: '"a long grey sofa" is too long' },
      { type: "enum", field: "input.output_format", description: "Must be one of jpg, png" },
      { type: "unknown", field: "", description: "Unknown body key" },
    ];
    const error = await toError(refuseFields(fields).response, ["put a long grey sofa there"]);
    expect(error).toMatchObject({
      code: "refused_input",
      problems: [
        { field: "prompt", message: '"[sent value]" is too long' },
        { field: "output_format", message: "Must be one of jpg, png" },
        { field: "", message: "Unknown body key" },
      ],
    });
    expect(error.message.split("\n")).toHaveLength(4);
  });

  it.each([undefined, "none", [], [5, null]])("422 whose fields are %j tells its sentence", async (fields) => {
    const error = await toError(toProblemResponse(422, "no such version", { invalid_fields: fields }));
    expect(error).toMatchObject({ code: "refused_input", problems: [{ field: "input", message: "no such version" }] });
  });

  it.each([true, false])("429 is told apart from one of low credit (%j)", async (hasLowCredit) => {
    const error = await toError(toThrottleResponse(7, ["header"], hasLowCredit));
    expect(error).toMatchObject({ code: "throttled", retryable: true, billed: "no", retryAfterMs: 7_000, hasLowCredit });
  });

  it.each([401, 402, 422, 429])("%i of a proxy on the way is none of Replicate's", async (status) => {
    expect(await toError(Response.json({ error: "no" }, { status }))).toMatchObject({ code: "replicate_answer", status, retryable: true });
  });
});
