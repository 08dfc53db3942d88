import { useState } from "preact/hooks";
import type { ModelDescription } from "../../model/describe-model.ts";
import type { Explanation } from "../../settings/explain-settings.ts";
import { announce } from "./announce.tsx";
import { ask } from "./api.ts";
import type { ActiveModel, ModelList } from "./api-types.ts";
import { Confirm } from "./confirm.tsx";
import { Failure, Waiting } from "./failure.tsx";
import { sentence, valueText } from "./format.ts";
import { HistoryList } from "./history-list.tsx";
import { activeModelPath, modelPath, projectPath } from "./paths.ts";
import { PauseBanner, PauseButton } from "./pause-control.tsx";
import { modelHref } from "./route.ts";
import { Scroll } from "./scroll.tsx";
import { useFeatures } from "./use-features.ts";
import { useLoaded } from "./use-loaded.ts";
import { useTitle } from "./use-title.ts";

const origins: Readonly<Record<string, string>> = { project: "This project", global: "Global settings", default: "Default" };

/** A project: its model, and where each value of its settings comes from. */
export function ProjectView({ projectId }: { readonly projectId: string }) {
  useTitle(projectId);
  const mayWrite = useFeatures()?.may.write === true;
  const activePath = activeModelPath(projectId);
  const active = useLoaded(activePath, (signal) => ask<ActiveModel>(activePath, { signal }));
  const list = useLoaded("models", (signal) => ask<ModelList>("models", { signal }));
  const explained = useLoaded(`explain ${projectId}`, (signal) => ask<Explanation>(`${projectPath(projectId)}explain`, { signal }));
  const shownModel = explained.data?.modelId;
  const schema = useLoaded(`schema ${shownModel}`, async (signal) =>
    shownModel === undefined ? undefined : (await ask<ModelDescription>(`${modelPath(shownModel)}/schema`, { signal })).jsonSchema,
  );
  const [isHistoryOpen, setIsHistoryOpen] = useState(false);
  const reload = () => {
    active.reload();
    explained.reload();
  };
  const [choice, setChoice] = useState<string>();
  const models = list.data?.models ?? [];
  const nameOf = (modelId: string | null) => models.find((model) => model.modelId === modelId)?.displayName ?? modelId ?? "unreadable";
  const own = (active.data?.origin === "project" && active.data.modelId) || "";
  const change = async (note: string) => {
    const version = active.data?.version ?? null;
    try {
      if (choice === "") await ask(`${activePath}/reset`, { method: "POST", body: { ...(note && { note }) }, version });
      else await ask(activePath, { method: "PUT", body: { modelId: choice, ...(note && { note }) }, version });
      announce(choice === "" ? "The project uses the global model." : `The project uses ${nameOf(choice ?? "")}.`);
    } finally {
      reload();
    }
  };
  return (
    <>
      <nav class="crumbs" aria-label="Where you are">
        <a href="#/projects">Projects</a>
      </nav>
      <div class="page-head">
        <div>
          <h1>{projectId}</h1>
          <p class="lead">What this project does not set itself, it inherits from the global settings, value by value.</p>
        </div>
        {mayWrite && <PauseButton projectId={projectId} />}
      </div>
      <PauseBanner projectId={projectId} />
      {active.error && <Failure error={active.error} retry={active.reload} />}
      {active.data && list.data && (
        <section class="block">
          <label class="stacked">
            <span class="label">Model of this project</span>
            <select value={own} disabled={!mayWrite} onChange={({ currentTarget }) => setChoice(currentTarget.value)}>
              <option value="">Inherit the global model ({nameOf(list.data.active.modelId)})</option>
              {models
                .filter((model) => model.canBeActive || model.modelId === own)
                .map((model) => (
                  <option key={model.modelId} value={model.modelId}>
                    {model.displayName}
                  </option>
                ))}
            </select>
          </label>
          <details class="fold" onToggle={({ currentTarget }) => setIsHistoryOpen(currentTarget.open)}>
            <summary>Earlier choices</summary>
            {isHistoryOpen && (
              <HistoryList key={active.data.version} path={activePath} inheritedName="inherited" mayWrite={mayWrite} onChange={reload} />
            )}
          </details>
          {active.data.refusal && <p class="refusal">{sentence(active.data.refusal)}</p>}
        </section>
      )}
      <section class="block">
        <h2>Settings in force{explained.data && `: ${nameOf(explained.data.modelId)}`}</h2>
        {explained.error && <Failure error={explained.error} retry={explained.reload} />}
        {!explained.data && !explained.error && <Waiting />}
        {explained.data && (
          <>
            <Scroll label="Settings in force">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Field</th>
                    <th scope="col">Value</th>
                    <th scope="col">From</th>
                  </tr>
                </thead>
                <tbody>
                  {explained.data.fields.map(({ field, value, origin, note, sent }) => (
                    <tr key={field} class={origin === "project" ? "own" : ""}>
                      <th scope="row">{schema.data?.properties[field]?.title ?? field}</th>
                      <td>
                        {valueText(value, schema.data?.properties[field])}
                        {/* That it is the default stands beside it. */}
                        {note && !(origin === "default" && (value === null || sent)) && <div class="soft">{note}</div>}
                      </td>
                      <td>
                        <span class={`from ${origin}`}>{origins[origin] ?? origin}</span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
            <div class="actions">
              <a class="button" href={modelHref({ modelId: explained.data.modelId, projectId })}>
                Change for this project
              </a>
            </div>
          </>
        )}
      </section>
      <section class="block">
        <h2>Settings by model</h2>
        <ul class="rows">
          {models.map(({ modelId, displayName }) => (
            <li key={modelId}>
              <a href={modelHref({ modelId, projectId })}>{displayName}</a> <span class="id">{modelId}</span>
            </li>
          ))}
        </ul>
      </section>
      {choice !== undefined && (
        <Confirm
          title={choice === "" ? "Inherit the global model?" : `Use ${nameOf(choice)} for this project?`}
          action={choice === "" ? "Inherit" : "Use it"}
          ask="Note (optional)"
          act={change}
          onClose={() => setChoice(undefined)}
        >
          <p>It counts for stagings of this project that name no model themselves.</p>
        </Confirm>
      )}
    </>
  );
}
