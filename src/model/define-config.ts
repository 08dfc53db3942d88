import { z } from "../basics/z.ts";
import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import { makeConfigClass } from "./make-config-class.ts";
import type { ConfigClass } from "./model-config.ts";
import { toRawSchemas } from "./to-raw-schemas.ts";

/**
 * Makes a config class from one field table. The table is a function, so that importing a model builds no schema.
 * A field that may be left unset is `.nullish()`; every other field has a default.
 *
 * @example
 * ```ts
 * import { type ConfigOf, defineConfig } from "restage/models";
 * import { z } from "zod";
 *
 * export const UpscaleConfig = defineConfig("UpscaleConfig", () => ({
 *   scale: z.int().min(2).max(4).default(2).describe("How many times larger the result is"),
 *   seed: z.int().nullish().describe("Random seed; unset draws a new one"),
 * }));
 * export type UpscaleConfig = ConfigOf<typeof UpscaleConfig>;
 * ```
 */
export function defineConfig<const Name extends string, Fields extends Readonly<Record<string, z.ZodType>>>(
  configName: Name,
  makeFields: () => Fields,
): ConfigClass<Name, Fields> {
  return makeConfigClass(configName, () => {
    const fields = makeFields();
    const unfit = Object.keys(fields).filter((field) => !fields[field]?._zod);
    if (unfit.length > 0) throw new InvalidConfigError(configName, [{ field: unfit.join(", "), message: "must be a schema" }]);
    const schema = z.strictObject(fields);
    // Compiling needs eval: a page that forbids it says so to zod by `jitless`.
    const { safeParse } = z.config().jitless ? schema : z.compile(schema);
    return { fields, safeParse, toSchemas: () => toRawSchemas(fields) };
  });
}
