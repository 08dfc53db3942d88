const assert = require("node:assert/strict");
const { defineModel, registry } = require("restage/models");
const { fromZod3 } = require("restage/zod3");
const { z: z4 } = require("zod");
const { z } = require("zod/v3");

const LampConfig = fromZod3(z.object({ watts: z.number().int().max(60).default(40), seed: z.number().optional() }), { name: "LampConfig" });
const lamp = defineModel({ ...registry.get("qwen/qwen-image-edit"), id: "acme/lamp", settingsKey: "lamp", config: LampConfig });
const { jsonSchema, defaults } = registry.register(lamp).describe("acme/lamp");

assert.equal(jsonSchema.properties.watts.maximum, 60);
assert.deepEqual(defaults, { watts: 40, seed: null });
assert.throws(() => LampConfig.parse({ watts: 61 }), { code: "invalid_config" });
assert.throws(() => fromZod3(z4.object({ watts: z4.number().default(40) })), { code: "invalid_config" });
console.log("ok");
