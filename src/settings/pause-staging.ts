import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import type { ConfigStore } from "./config-store.ts";
import { findTextProblem } from "./find-text-problem.ts";
import { pauseKey } from "./setting-keys.ts";
import type { SettingWriteOptions } from "./settings.ts";

const maximumReasonLength = 500;

/** Stores a pause. See `Settings.pause`. */
export async function pauseStaging(store: ConfigStore, pause: SettingWriteOptions & { readonly reason: string }): Promise<number> {
  const key = pauseKey(pause?.projectId);
  // Callers in plain JavaScript may leave the options out.
  const { reason, ...write }: SettingWriteOptions & { readonly reason: unknown } = pause ?? {};
  const blank =
    typeof reason === "string" && reason.trim() === "" ? "is blank; say why, since everybody who is stopped reads it" : undefined;
  const message = blank ?? findTextProblem(reason, maximumReasonLength);
  if (message !== undefined) throw new InvalidSettingError(key, [{ field: "reason", message }]);
  const { version } = await store.put(key, { reason: reason as string }, write);
  return version;
}
