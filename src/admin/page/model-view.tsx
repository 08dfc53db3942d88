import type { ModelDescription } from "../../model/describe-model.ts";
import { ActivateButton } from "./activate-button.tsx";
import { ask } from "./api.ts";
import type { ModelList } from "./api-types.ts";
import { Failure, Waiting } from "./failure.tsx";
import { sentence } from "./format.ts";
import { HistoryList } from "./history-list.tsx";
import { ModelFacts } from "./model-facts.tsx";
import { configPath, modelPath, type Scope } from "./paths.ts";
import { PriceNotice } from "./price-notice.tsx";
import { PriceTab } from "./price-tab.tsx";
import { modelHref, projectHref, type Tab, tabs } from "./route.ts";
import { SettingsTab } from "./settings-tab.tsx";
import { TryTab } from "./try-tab.tsx";
import { useConfigEditor } from "./use-config-editor.ts";
import { useFeatures } from "./use-features.ts";
import { useLoaded } from "./use-loaded.ts";
import { usePriceEditor } from "./use-price-editor.ts";
import { useTitle } from "./use-title.ts";
import { useTrial } from "./use-trial.ts";

const titles: Readonly<Record<Tab, string>> = { settings: "Settings", try: "Try it", price: "Price", history: "History" };

/** A model, or a model in a project: its settings, a try, and its history. */
export function ModelView({ modelId, projectId, tab }: Scope & { readonly tab: Tab }) {
  const scope = { modelId, projectId };
  const description = useLoaded(modelId, (signal) => ask<ModelDescription>(`${modelPath(modelId)}/schema`, { signal }));
  const list = useLoaded("models", (signal) => ask<ModelList>("models", { signal }));
  const editor = useConfigEditor(scope, description.data);
  const price = usePriceEditor(modelId);
  const trial = useTrial();
  const mayWrite = useFeatures()?.may.write !== false;
  const name = description.data?.displayName ?? modelId;
  useTitle(projectId === null ? name : `${name}, ${projectId}`);
  const row = list.data?.models.find((model) => model.modelId === modelId);
  const changes: Partial<Record<Tab, number>> = { settings: editor.changeCount, price: price.changeCount };
  return (
    <>
      <nav class="crumbs" aria-label="Where you are">
        {projectId === null ? (
          <a href="#/models">Models</a>
        ) : (
          <>
            <a href="#/projects">Projects</a> <span aria-hidden="true">/</span> <a href={projectHref(projectId)}>{projectId}</a>
          </>
        )}
      </nav>
      <div class="page-head">
        <div>
          <h1>
            {name} {row?.isActive && projectId === null && <span class="badge good">Active</span>}
          </h1>
          <p class="id">{modelId}</p>
        </div>
        {row && list.data && mayWrite && projectId === null && <ActivateButton model={row} list={list.data} onChange={list.reload} />}
      </div>
      {description.error && <Failure error={description.error} retry={description.reload} />}
      {row && (
        <div class="model-about">
          <p class="about">{row.description}</p>
          <ModelFacts model={price.stored ? { ...row, price: price.stored.price } : row} />
          {row.refusal !== null && <p class="refusal">{sentence(row.refusal)}</p>}
        </div>
      )}
      <PriceNotice editor={price} mayWrite={mayWrite} onChange={editor.reload} />
      <nav class="tabs" aria-label={`Parts of ${name}`}>
        {tabs
          // A price is the same for all projects.
          .filter((each) => each !== "price" || projectId === null)
          .map((each) => (
            <a key={each} href={modelHref(scope, each)} aria-current={each === tab ? "page" : undefined}>
              {titles[each]}
              {(changes[each] ?? 0) > 0 && <span class="dot" title="Not saved" />}
            </a>
          ))}
      </nav>
      {!description.data && !description.error && <Waiting />}
      {description.data && tab === "settings" && (
        <SettingsTab description={description.data} editor={editor} projectId={projectId} mayWrite={mayWrite} />
      )}
      {description.data && tab === "try" && <TryTab description={description.data} editor={editor} scope={scope} trial={trial} />}
      {description.data && tab === "price" && <PriceTab editor={price} mayWrite={mayWrite} onChange={editor.reload} />}
      {description.data && tab === "history" && (
        <HistoryList
          path={configPath(scope)}
          properties={description.data.jsonSchema.properties}
          inheritedName={projectId === null ? "default" : "inherited"}
          mayWrite={mayWrite}
          onChange={editor.reload}
        />
      )}
    </>
  );
}
