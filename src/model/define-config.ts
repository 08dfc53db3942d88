import { isObject } from "../basics/is-object.ts";
import { once } from "../basics/once.ts";
import { parseJson } from "../basics/parse-json.ts";
import { z } from "../basics/z.ts";
import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import { findUnknownFields, toProblems } from "../errors/to-problems.ts";
import { toFormFields } from "./form.ts";
import type { ConfigClass, ConfigMap, ConfigMethods, ConfigPatch, FieldTable, ModelConfig } from "./model-config.ts";

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
export function defineConfig<const Name extends string, Fields extends FieldTable>(
  configName: Name,
  makeFields: () => Fields,
): ConfigClass<Name, Fields> {
  type Config = ModelConfig<Name, Fields>;
  const table = once(() => {
    const fields = makeFields();
    const taken = Object.keys(fields).filter((name) => name in Config_.prototype);
    if (taken.length > 0)
      throw new InvalidConfigError(
        configName,
        taken.map((field) => ({ field, message: "is taken; choose another" })),
      );
    return { fields, names: Object.keys(fields), schema: z.compile(z.strictObject(fields)) };
  });

  class Config_ implements ConfigMethods<Name, Fields> {
    readonly #isValid: boolean;

    constructor(values: object, isValid: boolean) {
      Object.assign(this, values);
      this.#isValid = isValid;
      Object.freeze(this);
    }
    get configName(): Name {
      return configName;
    }
    with(patch: ConfigPatch<Fields>): Config {
      const { names } = table();
      const said = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const problems = findUnknownFields(Object.keys(said), names);
      if (problems.length > 0) throw new InvalidConfigError(configName, problems);
      return create({ ...this, ...said }, false);
    }
    validate(): Config {
      return this.#isValid ? (this as unknown as Config) : parse({ ...this });
    }
    toMap(): ConfigMap<Fields> {
      const values = this as unknown as Record<string, unknown>;
      const set = table().names.filter((name) => (values[name] ?? null) !== null);
      return Object.fromEntries(set.map((name) => [name, values[name]])) as ConfigMap<Fields>;
    }
    toJSON(): ConfigMap<Fields> {
      return this.toMap();
    }
  }

  // Not a static field, which the CommonJS build would assign to.
  Object.defineProperty(Config_, "name", { value: configName });

  function create(values: object, isValid: boolean): Config {
    return new Config_(values, isValid) as unknown as Config;
  }

  function parse(json: unknown, defaults?: ConfigPatch<Fields>): Config {
    const { schema, names } = table();
    const given = typeof json === "string" ? parseJson(json) : json;
    if (given === undefined && json !== undefined)
      throw new InvalidConfigError(configName, [{ field: "(value)", message: "must be JSON" }]);
    const result = schema.safeParse(defaults === undefined || !isObject(given) ? given : { ...defaults, ...given });
    if (result.success) return create(result.data, true);
    throw new InvalidConfigError(configName, toProblems(result.error.issues, names));
  }

  return Object.freeze({
    configName,
    get fields() {
      return table().fields;
    },
    defaults: () => parse({}),
    parse,
    schema: () => ({ fields: toFormFields(table().fields, parse({}).toMap()) }),
  });
}
