// A service with a zod 3 schema. Its declarations are emitted too, so that every inferred type can be named.
import { type ConfigOf, defineModel, registry } from "restage/models";
import { fromZod3 } from "restage/zod3";
import { z } from "zod/v3";

const schema = z.object({ strength: z.number().default(0.6), format: z.enum(["png", "jpg"]).default("jpg"), seed: z.number().optional() });

export const RoomConfig = fromZod3(schema, { name: "RoomConfig", titles: { strength: "Strength" } });
export type RoomConfig = ConfigOf<typeof RoomConfig>;
export const config: RoomConfig = RoomConfig.defaults().with({ strength: 0.5, seed: null });
export const room = defineModel({ ...registry.get("qwen/qwen-image-edit"), id: "acme/room", settingsKey: "room", config: RoomConfig });
export const models = registry.register(room);

// @ts-expect-error: no such value
config.with({ format: "gif" });
// @ts-expect-error: no such field
fromZod3(schema, { titles: { stregth: "Strength" } });
