import { describe, expect, it } from "vitest";
import { ask, create, kontextInput, kontextPath, qwenPath, seedreamPath, startManual, tinyPhotoUrl } from "./helpers.ts";

describe("authentication", () => {
  it.each([
    ["", "You did not pass an authentication token."],
    ["Bearer r8_wrong", "You did not pass a valid authentication token."],
    ["Basic abc", "You did not pass an authentication token."],
  ])("refuses %j", async (authorization, detail) => {
    const simulator = await startManual();
    for (const path of ["/account", "/predictions", "/files"]) {
      const answer = await ask(simulator, path, { headers: { authorization } });
      expect(answer).toMatchObject({ status: 401, body: { title: "Unauthenticated", detail, status: 401 } });
    }
  });

  it("never shows the token in its records", async () => {
    const simulator = await startManual();
    await create(simulator);
    expect(simulator.token).toMatch(/^r8_[A-Za-z0-9]{37}$/);
    expect(JSON.stringify(simulator.requests)).not.toContain(simulator.token);
    expect(simulator.requests).toMatchObject([
      { method: "POST", path: `/v1${kontextPath}`, target: "create", body: { input: kontextInput }, status: 201 },
    ]);
  });
});

describe("an input that the model refuses", () => {
  it.each([
    [{ input_image: tinyPhotoUrl }, { type: "required", field: "input", description: "prompt is required" }],
    [
      { ...kontextInput, output_format: "webp" },
      { type: "enum", field: "input.output_format" },
    ],
    [
      { ...kontextInput, safety_tolerance: 7 },
      { type: "number_lte", field: "input.safety_tolerance", description: "Must be less than or equal to 6" },
    ],
    [
      { ...kontextInput, safety_tolerance: -1 },
      { type: "number_gte", field: "input.safety_tolerance" },
    ],
    [
      { ...kontextInput, seed: "1" },
      { type: "invalid_type", field: "input.seed", description: "Invalid type. Expected: integer, given: string" },
    ],
    [
      { ...kontextInput, output_format: null },
      { type: "invalid_type", field: "input.output_format" },
    ],
    [
      { ...kontextInput, input_image: "room.jpg" },
      { type: "format", field: "input.input_image" },
    ],
    [
      { ...kontextInput, input_image: [tinyPhotoUrl] },
      { type: "invalid_type", field: "input.input_image" },
    ],
    [
      { ...kontextInput, prompt: 5 },
      { type: "invalid_type", field: "input.prompt" },
    ],
  ])("gets 422: %#", async (input, invalid) => {
    const simulator = await startManual();
    const { status, body } = await create(simulator, input);
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { title: "Input validation failed", status: 422, invalid_fields: [invalid] },
    });
    expect(body.detail).toContain(body.invalid_fields[0].description);
    expect(simulator.predictions).toHaveLength(0);
  });

  it("lists every field at once", async () => {
    const simulator = await startManual();
    const { body } = await create(simulator, { output_format: "webp", safety_tolerance: 9 });
    expect(body.invalid_fields).toHaveLength(3);
  });

  it("names the item of an array, and the photo that is required", async () => {
    const simulator = await startManual();
    const array = await ask(simulator, seedreamPath, { json: { input: { prompt: "x", image_input: [tinyPhotoUrl, "room"] } } });
    expect(array.body.invalid_fields).toMatchObject([{ field: "input.image_input.1", type: "format" }]);
    const missing = await ask(simulator, qwenPath, { json: { input: { prompt: "x" } } });
    expect(missing.body.invalid_fields).toMatchObject([{ field: "input", description: "image is required" }]);
  });

  it("takes null where the input is nullable", async () => {
    const simulator = await startManual();
    expect((await create(simulator, { ...kontextInput, seed: null })).status).toBe(201);
  });

  it("ignores unknown keys, or refuses them", async () => {
    const input = { ...kontextInput, num_outputs: 2 };
    const lax = await startManual();
    expect((await create(lax, input)).status).toBe(201);
    expect(lax.predictions[0]?.ignoredInputs).toEqual(["num_outputs"]);
    expect(lax.requests[0]?.ignoredInputs).toEqual(["num_outputs"]);
    const strict = await startManual({ behaviour: { unknownInputs: "refuse" } });
    expect((await create(strict, input)).body.invalid_fields).toMatchObject([{ type: "additional_property_not_allowed", field: "input" }]);
  });

  it("accepts, refuses or fails what is past a documented limit", async () => {
    const input = { ...kontextInput, safety_tolerance: 4 };
    const accepting = await startManual();
    expect((await create(accepting, input)).status).toBe(201);
    const refusing = await startManual({ behaviour: { documentedLimits: "refuse" } });
    expect((await create(refusing, input)).body.invalid_fields).toMatchObject([{ field: "input.safety_tolerance" }]);
    expect((await create(refusing, { prompt: "x", safety_tolerance: 4 })).status).toBe(201);
    const moderating = await startManual({ behaviour: { documentedLimits: "moderate" } });
    const { body } = await create(moderating, input);
    await moderating.clock.advance(60_000);
    expect((await ask(moderating, `/predictions/${body.id}`)).body).toMatchObject({
      status: "failed",
      error: expect.stringContaining("E005"),
    });
  });
});

describe("a body that is none", () => {
  it.each([
    ["{", 400],
    ["[]", 400],
    ["{}", 422],
    ['{"input":[]}', 422],
    ['{"input":{"prompt":"x"},"model":"a/b"}', 422],
    ['{"input":{"prompt":"x"},"webhook":"http://example.com/hook"}', 422],
    ['{"input":{"prompt":"x"},"webhook":"https://example.com/hook","webhook_events_filter":["finish"]}', 422],
  ])("%s gets %i", async (body, status) => {
    const simulator = await startManual();
    const headers = { "content-type": "application/json" };
    const answer = await ask(simulator, kontextPath, { method: "POST", body, headers });
    expect(answer).toMatchObject({ status, body: { status } });
    expect(simulator.predictions).toHaveLength(0);
  });

  it("may be streamed", async () => {
    const simulator = await startManual();
    const body = new Blob([JSON.stringify({ input: kontextInput })]).stream();
    const answer = await ask(simulator, kontextPath, {
      method: "POST",
      body,
      duplex: "half",
      headers: { "content-type": "application/json" },
    } as RequestInit);
    expect(answer.status).toBe(201);
  });
});
