import { tell } from "../basics/tell.ts";
import { readEnvironment } from "./create-context.ts";
import type { StagingClientOptions } from "./staging-client-options.ts";

/** Tells that REPLICATE_MODEL_VERSION is ignored. Services that come from other clients may still set it, and would wait for an effect. */
export function noticeModelVersion({ onEvent }: Pick<StagingClientOptions, "onEvent">): void {
  if (readEnvironment("REPLICATE_MODEL_VERSION") === undefined) return;
  const message = "REPLICATE_MODEL_VERSION is ignored: settings and requests choose the model";
  tell(onEvent, { type: "notice", code: "model_version_ignored", message });
  globalThis.process?.emitWarning?.(message, { code: "RESTAGE_MODEL_VERSION_IGNORED" });
}
