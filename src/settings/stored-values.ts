import { z } from "zod";
import { once } from "../basics/once.ts";
import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import type { ConfigDocument } from "./config-store.ts";
import { parseWith } from "./parse-with.ts";

/** Values by field, of any kind. */
export type Fields = Readonly<Record<string, unknown>>;

/** What stands in the documents, and an object of fields as a caller may give it. */
const schemas = once(() => {
  const isFields = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  // Not z.record(), which drops a `__proto__` that is to be kept.
  const fields = z.custom<Fields>(isFields, "must be an object of fields");
  return {
    fields,
    active_model: z.string().min(1),
    config: z.strictObject({ modelId: z.string(), config: fields }),
    pause: z.strictObject({ reason: z.string().regex(/\S/, "must not be blank") }),
  };
});
