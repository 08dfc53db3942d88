import { z } from "zod";
import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import { toConfigProblems } from "../model/config-problems.ts";
import type { AnyModel } from "../model/model.ts";
import { once } from "../model/once.ts";
import type { ConfigDocument } from "./config-store.ts";
import { wayOut } from "./way-out.ts";

/** The value of a stored config. */
export interface StoredConfig {
  readonly modelId: string;
  /** Only the fields that were set; `null` where one was unset; unknown ones as they were found. */
  readonly config: Readonly<Record<string, unknown>>;
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

const schemas = once(() => ({
  activeModel: z.string().min(1),
  // Not z.record(), which drops a `__proto__` that is to be kept.
  config: z.strictObject({ modelId: z.string(), config: z.custom<StoredConfig["config"]>(isObject, "must be an object of fields") }),
  pause: z.strictObject({ reason: z.string().refine((reason) => reason.trim() !== "", "must not be blank") }),
}));

/**
 * The model id of an `active_model` document.
 * @throws {InvalidStoredSettingError} when it is no id.
 */
export function parseActiveModel(document: ConfigDocument): string {
  return parse(schemas().activeModel, document, wayOut.activeModel, []);
}

/**
 * The value of a `model_config_…` document.
 * @throws {InvalidStoredSettingError} when it has another shape or belongs to another model. Its fields are not checked.
 */
export function parseStoredConfig(document: ConfigDocument, model: AnyModel): StoredConfig {
  const stored = parse(schemas().config, document, wayOut.config, ["modelId", "config"]);
  if (stored.modelId === model.id) return stored;
  const message = `is ${JSON.stringify(stored.modelId.slice(0, 100))}, but this document belongs to ${model.id}`;
  throw new InvalidStoredSettingError(document.key, [{ field: "modelId", message }], wayOut.config);
}

/**
 * The reason of a `pause` document.
 * @throws {InvalidStoredSettingError} when it has another shape.
 */
export function parsePause(document: ConfigDocument): string {
  return parse(schemas().pause, document, wayOut.pause, ["reason"]).reason;
}

function parse<Value>(schema: z.ZodType<Value>, document: ConfigDocument, way: string, fieldNames: readonly string[]): Value {
  const result = schema.safeParse(document.value);
  if (result.success) return result.data;
  const problems = toConfigProblems(result.error.issues, fieldNames);
  throw new InvalidStoredSettingError(
    document.key,
    problems.map(({ field, message }) => ({ field: field === "(config)" ? "(value)" : field, message })),
    way,
  );
}
