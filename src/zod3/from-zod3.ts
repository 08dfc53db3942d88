import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import type { Issue } from "../errors/to-problems.ts";
import { makeConfigClass } from "../model/make-config-class.ts";
import type { ConfigClass } from "../model/model-config.ts";
import { checkZod3 } from "./check-zod3.ts";
import { toRawSchemas } from "./to-raw-schemas.ts";
import type { FieldsOf, Zod3Methods, Zod3Object, Zod3ObjectMethods, Zod3Type } from "./zod3-type.ts";

/** What a zod 3 schema does not say. */
export interface FromZod3Options<Name extends string, Field extends PropertyKey> {
  /** The name of the class, for messages. A model refuses the configs of a class of another name. Default `"Config"`. */
  readonly name?: Name | undefined;
  /** The fields' labels in forms. */
  readonly titles?: { readonly [Each in Field]?: string | undefined } | undefined;
}

/**
 * Makes a config class of a zod 3 object schema, for `defineModel({ config })`. It is what `defineConfig` makes of the same fields in
 * zod 4: unknown fields are refused, and so is a number beyond ±(2^53 − 1). A field that is `.optional()` or `.nullable()` may be left
 * unset; every other field has a default. What `.refine()` adds to a field is checked, and not shown in forms.
 * @throws {InvalidConfigError} for anything else than a zod 3 object, naming every field that no form can show.
 *
 * @example
 * ```ts
 * import type { ConfigOf } from "restage/models";
 * import { fromZod3 } from "restage/zod3";
 * import { z } from "zod/v3"; // or "zod", where that is zod 3
 *
 * const schema = z.object({
 *   scale: z.number().int().min(2).max(4).default(2).describe("How many times larger the result is"),
 *   seed: z.number().int().nullish().describe("Random seed; unset draws a new one"),
 * });
 * export const UpscaleConfig = fromZod3(schema, { name: "UpscaleConfig", titles: { scale: "Scale" } });
 * export type UpscaleConfig = ConfigOf<typeof UpscaleConfig>;
 *
 * UpscaleConfig.defaults().with({ scale: 3 }).toMap(); // { scale: 3 }
 * ```
 */
export function fromZod3<Shape extends Readonly<Record<string, Zod3Type>>, const Name extends string = "Config">(
  schema: Zod3Object<Shape>,
  { name = "Config" as Name, titles = {} }: FromZod3Options<Name, keyof Shape> = {},
): ConfigClass<Name, FieldsOf<Shape>> {
  const problems = checkZod3(schema, titles);
  if (problems.length > 0) throw new InvalidConfigError(name, problems);
  return makeConfigClass(name, () => {
    const object = toStrict(schema as unknown as Zod3ObjectMethods);
    return {
      fields: schema.shape as unknown as FieldsOf<Shape>,
      safeParse: (values) => {
        const { data = {}, error } = object.safeParse(values);
        return error ? { success: false, error: { issues: error.issues.map(withoutValue) } } : { success: true, data };
      },
      toSchemas: () => toRawSchemas(object, titles),
    };
  });
}

function toStrict(object: Zod3ObjectMethods): Zod3ObjectMethods {
  const fields = Object.entries(object.shape).map(([name, field]) => [name, toUnsettable(field).refine(isSafe, unsafe)]);
  return object.extend(Object.fromEntries(fields)).strict();
}

/** The field, taking both `undefined` and `null` where it takes one of them. */
function toUnsettable(field: Zod3Methods): Zod3Methods {
  const { success: isOptional, data } = field.safeParse(undefined);
  if (data !== undefined || isOptional === field.isNullable()) return field;
  return isOptional ? field.nullable() : field.optional();
}

// zod 3 takes Infinity, which JSON turns into null, and integers whose last digits are lost.
const unsafe = "Number must be between -(2^53 - 1) and 2^53 - 1";
function isSafe(value: unknown): boolean {
  return [value].flat().every((item) => typeof item !== "number" || Math.abs(item) <= Number.MAX_SAFE_INTEGER);
}

// "Expected 'warm' | 'cold', received '…'": zod 3 repeats what was given.
function withoutValue(issue: Issue): Issue {
  return { ...issue, message: issue.message.replace(/, received '.*'$/s, "") };
}
