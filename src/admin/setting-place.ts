import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import type { SettingTarget } from "../settings/setting-keys.ts";
import type { SettingsSnapshot } from "../settings/settings-snapshot.ts";
import type { PathParts } from "./route.ts";
import { toActiveView } from "./views/to-active-view.ts";
import { toConfigView } from "./views/to-config-view.ts";
import { toPauseView } from "./views/to-pause-view.ts";
import { toPriceView } from "./views/to-price-view.ts";

/** Where a setting is, which one it is, and what is shown of it. */
export interface SettingPlace {
  readonly path: string;
  toTarget(parts: PathParts): SettingTarget;
  toView(snapshot: SettingsSnapshot, parts: PathParts): { readonly version: number | null };
}

const modelOf = (registry: Registry, { model = "" }: PathParts): AnyModel => registry.lookup(model);

const activeModel = {
  toTarget: ({ project }: PathParts) => ({ setting: "active_model", projectId: project }) as const,
  toView: toActiveView,
};
const pause = {
  toTarget: ({ project }: PathParts) => ({ setting: "pause", projectId: project }) as const,
  toView: toPauseView,
};
const config = {
  toTarget: ({ project, model = "" }: PathParts) => ({ setting: "config", modelId: model, projectId: project }) as const,
  toView: (snapshot: SettingsSnapshot, parts: PathParts) => toConfigView(snapshot, modelOf(snapshot.registry, parts)),
};
const price = {
  toTarget: ({ model = "" }: PathParts) => ({ setting: "price", modelId: model }) as const,
  toView: (snapshot: SettingsSnapshot, parts: PathParts) => toPriceView(snapshot, modelOf(snapshot.registry, parts)),
};

/** Where each kind of setting is: the global one, and a project's. */
export const settingPlaces = {
  activeModel: [
    { path: "settings/model", ...activeModel },
    { path: "projects/{project}/model", ...activeModel },
  ],
  config: [
    { path: "models/{model}/config", ...config },
    { path: "projects/{project}/models/{model}/config", ...config },
  ],
  price: [{ path: "models/{model}/price", ...price }],
  pause: [
    { path: "pause", ...pause },
    { path: "projects/{project}/pause", ...pause },
  ],
} as const satisfies Readonly<Record<string, readonly SettingPlace[]>>;
