import { isObject } from "../../basics/is-object.ts";
import { InvalidSettingError } from "../../errors/invalid-setting-error.ts";
import { isSharedKey } from "./shared-key.ts";

/**
 * Lets a value pass that fits into a row of `settings`, where its setting stands there.
 * @throws {InvalidSettingError}
 */
export function checkSharedValue(key: string, value: unknown): void {
  if (!isSharedKey(key)) return;
  const isModel = key === "active_model";
  const isFit = isModel ? typeof value === "string" : isConfig(value);
  const message = `must be ${isModel ? "a model id" : "{ modelId, config }"}, as the row of the table settings holds it`;
  if (!isFit) throw new InvalidSettingError(key, [{ field: "value", message }]);
}

function isConfig(value: unknown): boolean {
  return isObject(value) && typeof value.modelId === "string" && isObject(value.config) && Object.keys(value).length === 2;
}
