import { isObject } from "../basics/is-object.ts";
import { once } from "../basics/once.ts";
import { parseJson } from "../basics/parse-json.ts";
import { withoutUndefined } from "../basics/without-undefined.ts";
import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import { findUnknownFields, type Issue, toProblems } from "../errors/to-problems.ts";
import { toFormFields } from "./form.ts";
import type { RawSchema } from "./json-schema.ts";
import type { ConfigClass, ConfigMap, ConfigMethods, ConfigPatch, FieldTable, ModelConfig } from "./model-config.ts";
import { toFieldSchemas } from "./to-field-schemas.ts";

/** What a config class is made from, whatever checks its values. */
export interface ConfigParts<Fields extends FieldTable> {
  readonly fields: Fields;
  /** Checks values and fills in defaults. An unknown field is an issue with its `keys`. */
  safeParse(
    values: unknown,
  ):
    | { readonly success: true; readonly data: object; readonly error?: undefined }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
  /** The draft-07 schema of each field as a converter writes it; `{}` for one that JSON has no form for. */
  toSchemas(): Readonly<Record<string, RawSchema>>;
}

/** Makes a config class from its parts, which are made at its first use. */
export function makeConfigClass<const Name extends string, Fields extends FieldTable>(
  configName: Name,
  makeParts: () => ConfigParts<Fields>,
): ConfigClass<Name, Fields> {
  type Config = ModelConfig<Name, Fields>;
  const parts = once(() => {
    const made = makeParts();
    const names = Object.keys(made.fields);
    const taken = names.filter((name) => name in Config_.prototype);
    if (taken.length > 0)
      throw new InvalidConfigError(
        configName,
        taken.map((field) => ({ field, message: "is taken; choose another" })),
      );
    return { ...made, names };
  });

  class Config_ implements ConfigMethods<Name, Fields> {
    readonly #isValid: boolean;

    constructor(values: object, isValid: boolean) {
      const own = this as unknown as Record<string, unknown>;
      for (const name in values) {
        const value: unknown = values[name as keyof typeof values];
        // A list of a config belongs to it alone: whoever gets it cannot change what is sent.
        own[name] = Array.isArray(value) ? Object.freeze([...value]) : value;
      }
      this.#isValid = isValid;
      Object.freeze(this);
    }
    get configName(): Name {
      return configName;
    }
    with(patch: ConfigPatch<Fields>): Config {
      const { names } = parts();
      const said = withoutUndefined<object>(patch);
      const problems = findUnknownFields(Object.keys(said), names);
      if (problems.length > 0) throw new InvalidConfigError(configName, problems);
      return create({ ...this, ...said }, false);
    }
    validate(): Config {
      return this.#isValid ? (this as unknown as Config) : parse({ ...this });
    }
    toMap(): ConfigMap<Fields> {
      const values = this as unknown as Record<string, unknown>;
      const set = parts().names.filter((name) => (values[name] ?? null) !== null);
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
    const { safeParse, names } = parts();
    const given = typeof json === "string" ? parseJson(json) : json;
    if (given === undefined && json !== undefined)
      throw new InvalidConfigError(configName, [{ field: "(value)", message: "must be JSON" }]);
    const result = safeParse(defaults === undefined || !isObject(given) ? given : { ...defaults, ...given });
    if (result.success) return create(result.data, true);
    throw new InvalidConfigError(configName, toProblems(result.error.issues, names));
  }

  const fieldSchemas = () => toFieldSchemas(configName, parts().toSchemas());

  return Object.freeze({
    configName,
    get fields() {
      return parts().fields;
    },
    defaults: () => parse({}),
    parse,
    fieldSchemas,
    schema: () => ({ fields: toFormFields(fieldSchemas()) }),
  });
}
