import { resolveActiveModel } from "../../settings/active-model.ts";
import { activeModelKey } from "../../settings/setting-keys.ts";
import { findDocuments, type SettingsSnapshot } from "../../settings/settings-snapshot.ts";
import { ownDocument } from "./own-document.ts";
import { toRefusal } from "./to-issues.ts";

/** The active model of a project, or the global one. */
export interface ActiveView {
  /** `null` where what is stored is no text. */
  readonly modelId: string | null;
  readonly origin: "project" | "global" | "default";
  /** The version of the choice of this scope; `null` where it has none. */
  readonly version: number | null;
  /** Why no staging can run with it; `null`: it can. */
  readonly refusal: string | null;
}

/** What is chosen, and whether it can run. Pure. */
export function toActiveView(snapshot: SettingsSnapshot): ActiveView {
  const version = ownDocument(snapshot, activeModelKey)?.version ?? null;
  try {
    const { modelId, origin } = resolveActiveModel(snapshot);
    return { modelId, origin, version, refusal: null };
  } catch (error) {
    const [chosen] = findDocuments(snapshot, activeModelKey);
    const modelId = chosen ? chosen.document.value : snapshot.defaultModelId;
    return {
      modelId: typeof modelId === "string" ? modelId : null,
      origin: chosen?.scope ?? "default",
      version,
      refusal: toRefusal(error),
    };
  }
}
