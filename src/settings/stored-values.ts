import { isObject } from "../basics/is-object.ts";
import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import { parseWith } from "../errors/parse-with.ts";
import { findPriceProblems } from "../model/find-price-problems.ts";
import type { Price } from "../model/price.ts";
import type { ConfigDocument } from "./config-store.ts";

/** Values by field, whatever they are. */
export type Fields = Readonly<Record<string, unknown>>;

/** An object of fields. Not z.record(), which drops a `__proto__` that is to be kept. */
export const fieldsSchema = once(() => z.custom<Fields>(isObject, "must be an object of fields"));

/** A price, as a definition of a model may have one. */
export const priceSchema = once(() =>
  z.custom<Price>().superRefine((price, { addIssue }) => {
    for (const { field, message } of findPriceProblems(price))
      addIssue({ code: "custom", path: field === "(value)" ? [] : [field], message });
  }),
);

/** The value of each kind of document. Of a config only the set fields: `null` where one was unset, unknown ones as they were found. */
export const storedSchemas = once(() => ({
  active_model: z.string().min(1),
  config: z.strictObject({ modelId: z.string(), config: fieldsSchema() }),
  price: z.strictObject({ modelId: z.string(), price: priceSchema() }),
  pause: z.strictObject({ reason: z.string().regex(/\S/, "is blank") }),
}));

type StoredSchemas = ReturnType<typeof storedSchemas>;

/**
 * The value of a document. The fields of a config are not checked.
 * @throws {InvalidStoredSettingError} when it has another shape.
 */
export function parseStored<Setting extends keyof StoredSchemas>(
  setting: Setting,
  { key, value }: ConfigDocument,
): z.output<StoredSchemas[Setting]> {
  const table: { readonly [Each in keyof StoredSchemas]: z.ZodType<z.output<StoredSchemas[Each]>> } = storedSchemas();
  return parseWith(table[setting], value, (problems) => new InvalidStoredSettingError(setting, key, problems));
}
