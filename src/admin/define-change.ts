import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import type { SettingTarget } from "../settings/setting-keys.ts";
import type { Settings } from "../settings/settings.ts";
import type { SettingWriteOptions } from "../settings/settings-types.ts";
import { noteField } from "./note-schema.ts";
import { rehearse } from "./rehearse.ts";
import { defineRoute, type Route } from "./route.ts";
import type { SettingPlace } from "./setting-place.ts";
import { readStored } from "./views/read-stored.ts";

/** A change of a setting, as it was asked for. */
export interface Change<Body> {
  /** Those to change, or such as only try it. */
  readonly settings: Settings<AnyModel>;
  readonly target: SettingTarget;
  /** Empty where the setting is of no model. */
  readonly modelId: string;
  readonly body: Body;
  readonly write: SettingWriteOptions;
}

/** A way to change a setting. */
export interface ChangeDefinition<Body> {
  /** Default `PUT`. */
  readonly method?: Route["method"];
  /** What follows on the setting's own path. Default: nothing. */
  readonly suffix?: `/${string}`;
  /** What the body must hold beside a note. Default: nothing. */
  readonly fields?: () => { readonly [Name in keyof Body]: z.ZodType<Body[Name]> };
  /** Refuses what the settings would refuse in other words, before any of them is read. */
  check?(registry: Registry, body: Body): void;
  act(change: Change<Body>): Promise<unknown>;
}

/** The route of a change at each place: makes it, or only tries to, and gives what the setting is then; of a trial also what would change. */
export function defineChange<Body>(definition: ChangeDefinition<Body>): (place: SettingPlace) => Route {
  const { method = "PUT", suffix = "", fields, check, act } = definition;
  const body = once(() => z.strictObject({ ...fields?.(), ...noteField() }) as unknown as z.ZodType<Body & { note?: string }>);
  return ({ path, toTarget, toView }) =>
    defineRoute({
      method,
      path: `${path}${suffix}`,
      permission: "write",
      changes: "setting",
      body,
      async answer({ settings }, { parts, author, expectedVersion, isDryRun, body: asked }) {
        check?.(settings.registry, asked);
        // What the settings would look up after the change: an unknown model is told before.
        if (parts.model !== undefined) settings.registry.lookup(parts.model);
        const { project: projectId, model: modelId = "" } = parts;
        const target = toTarget(parts);
        const change = { target, modelId, body: asked, write: { projectId, author, note: asked.note, expectedVersion } };
        if (!isDryRun) {
          await act({ ...change, settings });
          const view = toView(await readStored(settings, projectId), parts);
          return { body: view, version: view.version };
        }
        const before = await readStored(settings, projectId);
        const { version } = toView(before, parts);
        const rehearsal = rehearse(settings, before);
        await act({ ...change, settings: rehearsal });
        const view = toView(await rehearsal.read({ projectId }), parts);
        const isChanged = view.version !== version;
        const [newest] = isChanged ? (await rehearsal.history(target, { limit: 1 })).versions : [];
        return { body: { ...view, version, isDryRun: true, changes: newest?.changes ?? [] }, version };
      },
    });
}
