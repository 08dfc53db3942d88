import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { PatchOf } from "./settings-types.ts";

/**
 * The values of a patch by field. A whole config sets every field: one that it leaves unset is `null`, so that no weaker setting
 * fills it in.
 * @throws {InvalidConfigError} when it is the config of another class, or no object.
 */
export function toPatchValues<M extends AnyModel>(model: M, patch: PatchOf<M>): Readonly<Record<string, unknown>> {
  const given: unknown = patch;
  const { configName } = model.config;
  const refuse = (message: string) => new InvalidConfigError(configName, [{ field: "(config)", message }]);
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw refuse("must be an object of fields");
  if (!isConfig(given)) return { ...given };
  if (given.configName !== configName) throw refuse(`must be a ${configName}, not a ${given.configName}`);
  const values = given.toMap();
  return Object.fromEntries(Object.keys(model.config.fields).map((name) => [name, values[name] ?? null]));
}

interface AnyConfig {
  readonly configName: string;
  toMap(): Readonly<Record<string, unknown>>;
}

function isConfig(value: object): value is AnyConfig {
  const { configName, toMap } = value as Partial<AnyConfig>;
  return typeof configName === "string" && typeof toMap === "function";
}
