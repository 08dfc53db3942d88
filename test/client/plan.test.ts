import { describe, expect, it } from "vitest";
import { StagingClient } from "../../src/client/staging-client.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { author } from "../settings/helpers.ts";
import { pro, qwen, request, seedream4, setEnvironment, setTheStage } from "./helpers.ts";

describe("plan", () => {
  it("sends nothing, writes nothing down and needs no token", async () => {
    setEnvironment("REPLICATE_API_TOKEN", undefined);
    const { another, simulator, runs, events } = await setTheStage();
    const plan = await another({ token: undefined }).plan(request);
    expect(plan).toMatchObject({
      modelId: qwen,
      modelOrigin: "default",
      photo: { source: "bytes" },
      estimate: { microUsd: 30_000, outputs: 1 },
    });
    expect({ requests: simulator.requests, runs: await runs(), events }).toEqual({ requests: [], runs: [], events: [] });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it("works without any options", async () => {
    setEnvironment("REPLICATE_API_TOKEN", undefined);
    const plan = await new StagingClient().plan({ ...request, image: "https://example.com/room.jpg" });
    expect(plan.input).toMatchObject({ image: "https://example.com/room.jpg" });
  });

  it("says what a staging then sends", async () => {
    const { client, simulator } = await setTheStage();
    const asked = {
      ...request,
      image: "https://example.com/room.jpg",
      config: { seed: 5, output_quality: 90 },
      extraInput: { extra: true },
    };
    const plan = await client.plan(asked);
    const run = await client.start(asked);
    expect(simulator.predictions[0]?.input).toEqual(plan.input);
    expect(run).toMatchObject({
      config: plan.config,
      origins: plan.origins,
      warnings: plan.warnings,
      photo: plan.photo,
      modelId: plan.modelId,
    });
    expect(run.promptVersion).toBe(plan.prompt.version);
  });

  it("warns with the origin of each value", async () => {
    const settings = createSettings({ store: memoryConfigStore() });
    await settings.saveConfig(pro, { safety_tolerance: 5 }, { author });
    await settings.saveConfig(pro, { num_outputs: 2 }, { author, projectId: "villa" });
    const { client } = await setTheStage({ settings });
    const { warnings } = await client.plan({ ...request, modelId: pro, projectId: "villa", config: { output_quality: 50 } });
    expect(warnings.map(({ field, code, origin }) => [field, code, origin]).sort()).toEqual([
      ["num_outputs", "no_effect", "project"],
      ["output_quality", "no_effect", "request"],
      ["safety_tolerance", "past_documented_limit", "global"],
    ]);
    expect(new Set(warnings.map(({ field, code }) => `${field} ${code}`)).size).toBe(warnings.length);
  });

  it("warns of extra input that Replicate may refuse", async () => {
    const { client } = await setTheStage();
    const { warnings, input } = await client.plan({ ...request, extraInput: { output_format: "bmp", unheard: 1 } });
    expect(warnings).toEqual([expect.objectContaining({ field: "output_format", code: "refused_extra_input" })]);
    expect(input).toMatchObject({ output_format: "bmp", unheard: 1 });
  });

  it("estimates the most that can be paid", async () => {
    const { client } = await setTheStage();
    const config = { sequential_image_generation: "auto", max_images: 5, aspect_ratio: "match_input_image" } as const;
    expect((await client.plan({ ...request, modelId: seedream4, config })).estimate).toMatchObject({ microUsd: 150_000, outputs: 5 });
    const extraInput = { sequential_image_generation: "auto" };
    expect((await client.plan({ ...request, modelId: seedream4, extraInput })).estimate.outputs).toBeGreaterThanOrEqual(1);
  });
});

describe("a seed that nobody set", () => {
  it.each([
    [0, 0],
    [0.5, 1_073_741_824],
    [1 - 2 ** -53, 2_147_483_647],
  ])("is drawn by the client's random numbers: %d", async (random, seed) => {
    const { another } = await setTheStage();
    const client = another({ random: () => random });
    for (const modelId of [qwen, pro] as const) {
      const plan = await client.plan({ ...request, modelId });
      expect(plan).toMatchObject({ input: { seed }, config: { seed }, origins: { seed: "drawn" } });
    }
  });

  it("is drawn anew each time, and stands on the run", async () => {
    const { client, simulator } = await setTheStage();
    const runs = [await client.start(request), await client.start(request)];
    expect(runs[0]?.config.seed).not.toBe(runs[1]?.config.seed);
    expect(simulator.predictions.map(({ input }) => input.seed)).toEqual(runs.map(({ config }) => config.seed));
  });

  it("is not drawn for a model that publishes none", async () => {
    const { client } = await setTheStage();
    const plan = await client.plan({ ...request, modelId: seedream4, config: { aspect_ratio: "match_input_image" } });
    expect(plan.input).not.toHaveProperty("seed");
    expect(plan.config).not.toHaveProperty("seed");
    expect(plan.origins.seed).toBe("default");
  });

  it("is not drawn where one is set, by request, project or settings, or as extra input", async () => {
    const settings = createSettings({ store: memoryConfigStore() });
    await settings.saveConfig(qwen, { seed: 1 }, { author });
    await settings.saveConfig(qwen, { seed: 2 }, { author, projectId: "villa" });
    const { client } = await setTheStage({ settings });
    expect(await client.plan(request)).toMatchObject({ input: { seed: 1 }, origins: { seed: "global" } });
    expect(await client.plan({ ...request, projectId: "villa" })).toMatchObject({ input: { seed: 2 }, origins: { seed: "project" } });
    expect(await client.plan({ ...request, config: { seed: 3 } })).toMatchObject({ input: { seed: 3 }, origins: { seed: "request" } });
    expect(await client.plan({ ...request, config: { seed: null } })).toMatchObject({ origins: { seed: "drawn" } });
    const extra = await client.plan({ ...request, config: { seed: null }, extraInput: { seed: 4 } });
    expect(extra.input).toMatchObject({ seed: 4 });
    expect(extra.config).not.toHaveProperty("seed");
  });
});
