import { describe, expect, it } from "vitest";
import { defineModel, qwenImageEdit } from "../../../src/models/index.ts";
import { ask, qwenInput, startManual } from "./helpers.ts";

describe("GET /models/{owner}/{name}", () => {
  it("tells the published input, with enumerations behind references", async () => {
    const simulator = await startManual();
    const { body } = await ask(simulator, "/models/black-forest-labs/flux-kontext-pro");
    expect(body).toMatchObject({ owner: "black-forest-labs", name: "flux-kontext-pro" });
    expect(body.latest_version.id).toMatch(/^[0-9a-f]{64}$/);
    const { Input, Output, output_format: format } = body.latest_version.openapi_schema.components.schemas;
    expect(Input.required).toEqual(["prompt"]);
    expect(Input.properties.output_format).toEqual({
      allOf: [{ $ref: "#/components/schemas/output_format" }],
      default: "png",
      "x-order": 5,
    });
    expect(format).toMatchObject({ type: "string", enum: ["jpg", "png"] });
    expect(Input.properties.input_image).toMatchObject({ type: "string", format: "uri", nullable: true, "x-order": 1 });
    expect(Input.properties.safety_tolerance).toMatchObject({
      type: "integer",
      title: "Safety Tolerance",
      minimum: 0,
      maximum: 6,
      default: 2,
    });
    expect(Output).toEqual({ type: "string", format: "uri", title: "Output" });
  });

  it("tells enumerations in place when told so, and arrays", async () => {
    const simulator = await startManual({ behaviour: { enumsAsReferences: false } });
    const { body } = await ask(simulator, "/models/bytedance/seedream-4");
    const { Input, Output } = body.latest_version.openapi_schema.components.schemas;
    expect(Input.properties.size).toMatchObject({ type: "string", enum: ["1K", "2K", "4K", "custom"], default: "2K" });
    expect(Input.properties.image_input).toMatchObject({ type: "array", items: { type: "string", format: "uri" } });
    expect(Output).toMatchObject({ type: "array" });
  });

  it("knows the models that it is given", async () => {
    const version = "ab".repeat(32);
    const mine = defineModel({ ...qwenImageEdit, id: "acme/room-stager", settingsKey: "acme", version });
    const simulator = await startManual({ models: [mine] });
    expect((await ask(simulator, "/models/acme/room-stager")).body.latest_version.id).toBe(version);
    expect((await ask(simulator, "/models/qwen/qwen-image-edit")).status).toBe(404);
    expect((await ask(simulator, "/predictions", { json: { version, input: qwenInput } })).body.model).toBe("acme/room-stager");
  });

  it("has an account and its token's secret", async () => {
    const simulator = await startManual();
    expect((await ask(simulator, "/account")).body).toMatchObject({ type: "user", username: "simulated" });
    expect((await ask(simulator, "/webhooks/default/secret")).body.key).toMatch(/^whsec_/);
  });
});
