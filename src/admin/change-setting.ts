import type { AnyModel } from "../model/model.ts";
import type { Settings } from "../settings/settings.ts";
import type { SettingWriteOptions } from "../settings/settings-types.ts";
import type { AdminContext } from "./admin-context.ts";
import { rehearse } from "./rehearse.ts";
import type { Answer, Call } from "./route.ts";
import type { SettingPlace } from "./setting-place.ts";
import { readStored } from "./views/read-stored.ts";

/** Changes a setting by `act`, or only tries to, and gives what it is then; of a trial also what would change. */
export async function changeSetting(
  { settings }: AdminContext,
  call: Call<{ readonly note?: string | undefined }>,
  { toTarget, toView }: SettingPlace,
  act: (settings: Settings<AnyModel>, write: SettingWriteOptions) => Promise<unknown>,
): Promise<Answer> {
  const { parts, author, expectedVersion, isDryRun } = call;
  // What the settings would look up after the change: an unknown model is told before.
  if (parts.model !== undefined) settings.registry.lookup(parts.model);
  const projectId = parts.project;
  const write = { projectId, author, note: call.body.note, expectedVersion };
  if (!isDryRun) {
    await act(settings, write);
    const view = toView(await readStored(settings, projectId), parts);
    return { body: view, version: view.version };
  }
  const before = await readStored(settings, projectId);
  const { version } = toView(before, parts);
  const rehearsal = rehearse(settings, before);
  await act(rehearsal, write);
  const view = toView(await rehearsal.read({ projectId }), parts);
  const isChanged = view.version !== version;
  const [newest] = isChanged ? (await rehearsal.history(toTarget(parts), { limit: 1 })).versions : [];
  return { body: { ...view, version, isDryRun: true, changes: newest?.changes ?? [] }, version };
}
