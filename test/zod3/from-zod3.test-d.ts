import { describe, expectTypeOf, it } from "vitest";
import { z as z4 } from "zod";
import { z } from "zod/v3";
import { type ConfigOf, defineModel, getConfigSchema, parseModelConfig, registry } from "../../src/models/index.ts";
import { fromZod3 } from "../../src/zod3/index.ts";

const schema = z.object({
  strength: z.number().min(0).max(1).default(0.6),
  format: z.enum(["png", "jpg"]).default("png"),
  tags: z.array(z.string()).default([]),
  even: z
    .number()
    .refine((value) => value % 2 === 0)
    .default(2),
  seed: z.number().int().nullish(),
  width: z.number().optional(),
  height: z.number().nullable(),
  depth: z.number().nullable().default(5),
});
const RoomConfig = fromZod3(schema, { name: "RoomConfig", titles: { strength: "Strength" } });
type RoomConfig = ConfigOf<typeof RoomConfig>;

describe("a config of a zod 3 schema", () => {
  it("has typed fields", () => {
    const config = RoomConfig.defaults();
    expectTypeOf(config).toEqualTypeOf<RoomConfig>();
    expectTypeOf(config.strength).toEqualTypeOf<number>();
    expectTypeOf(config.format).toEqualTypeOf<"png" | "jpg">();
    expectTypeOf(config.tags).toEqualTypeOf<string[]>();
    expectTypeOf(config.even).toEqualTypeOf<number>();
    expectTypeOf(config.seed).toEqualTypeOf<number | null | undefined>();
    expectTypeOf(config.width).toEqualTypeOf<number | null | undefined>();
    expectTypeOf(config.height).toEqualTypeOf<number | null | undefined>();
    expectTypeOf(config.depth).toEqualTypeOf<number | null>();
    expectTypeOf(config.configName).toEqualTypeOf<"RoomConfig">();
    expectTypeOf(fromZod3(schema).configName).toEqualTypeOf<"Config">();
    expectTypeOf(config.with({ strength: 0.5, width: null, height: undefined })).toEqualTypeOf<RoomConfig>();
    // @ts-expect-error no number
    config.with({ strength: "0.5" });
    // @ts-expect-error not in the list
    config.with({ format: "webp" });
    // @ts-expect-error no such field
    config.with({ volume: 1 });
    // @ts-expect-error cannot be unset
    config.with({ strength: null });
    // @ts-expect-error read-only
    config.strength = 0.5;
  });

  it("makes a typed model", () => {
    const model = defineModel({
      id: "acme/room",
      name: "Room",
      description: "Rooms",
      settingsKey: "acme_room",
      config: RoomConfig,
      defaultPatch: { strength: 0.7 },
      published: { asOf: "2026-11-20", promptKey: "prompt", image: null, inputs: { strength: { type: "number" } }, output: "one" },
    });
    const models = registry.register(model);
    expectTypeOf(parseModelConfig("acme/room", "{}", models)).toEqualTypeOf<RoomConfig>();
    expectTypeOf(models.get("acme/room").defaultConfig.strength).toEqualTypeOf<number>();
    expectTypeOf(getConfigSchema("acme/room", models).model_id).toBeString();
    // @ts-expect-error no such field
    defineModel({ ...model, defaultPatch: { volume: 1 } });
  });
});

it("takes zod 3 objects only, and titles of their fields", () => {
  // @ts-expect-error a zod 4 schema
  fromZod3(z4.object({ strength: z4.number().default(1) }));
  // @ts-expect-error a field table
  fromZod3({ strength: z.number().default(1) });
  // @ts-expect-error not an object
  fromZod3(z.string());
  // @ts-expect-error a transform around the object
  fromZod3(schema.transform((value) => value));
  // @ts-expect-error no such field
  fromZod3(schema, { titles: { stregth: "Strength" } });
});
