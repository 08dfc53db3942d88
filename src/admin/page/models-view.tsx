import { useState } from "preact/hooks";
import { ActivateButton } from "./activate-button.tsx";
import { ask } from "./api.ts";
import type { ModelList, ModelRow } from "./api-types.ts";
import { Failure, Waiting } from "./failure.tsx";
import { sentence } from "./format.ts";
import { HistoryList } from "./history-list.tsx";
import { ModelCard } from "./model-card.tsx";
import { activeModelPath } from "./paths.ts";
import { PauseButton } from "./pause-control.tsx";
import { useFeatures } from "./use-features.ts";
import { useLoaded } from "./use-loaded.ts";
import { useTitle } from "./use-title.ts";

/** All models: which is active, what each can do and costs. */
export function ModelsView() {
  useTitle("Models");
  const mayWrite = useFeatures()?.may.write === true;
  const list = useLoaded("models", (signal) => ask<ModelList>("models", { signal }));
  const [isHistoryOpen, setIsHistoryOpen] = useState(false);
  const { data } = list;
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Models</h1>
          <p class="lead">The active model stages every photo for which a project or a request names no other.</p>
        </div>
        {mayWrite && <PauseButton projectId={null} />}
      </div>
      {list.error && <Failure error={list.error} retry={list.reload} />}
      {!data && !list.error && <Waiting />}
      {data?.active.refusal && (
        <div class="notice bad" role="alert">
          <p>
            <strong>The active model cannot run, so stagings are refused.</strong> {sentence(data.active.refusal)}
          </p>
        </div>
      )}
      {data && (
        <ul class="cards">
          {[...data.models].sort(activeFirst).map((model) => (
            <ModelCard key={model.modelId} model={model}>
              {mayWrite && <ActivateButton model={model} list={data} onChange={list.reload} />}
            </ModelCard>
          ))}
        </ul>
      )}
      {data && (
        <details class="fold" onToggle={({ currentTarget }) => setIsHistoryOpen(currentTarget.open)}>
          <summary>Which model was active when</summary>
          {/* Anew after each choice. */}
          {isHistoryOpen && (
            <div class="block">
              <HistoryList
                key={data.active.version}
                path={activeModelPath(null)}
                inheritedName="default"
                mayWrite={mayWrite}
                onChange={list.reload}
              />
            </div>
          )}
        </details>
      )}
    </>
  );
}

function activeFirst(one: ModelRow, other: ModelRow): number {
  const rank = ({ isActive, canBeActive }: ModelRow) => (isActive ? 0 : canBeActive ? 1 : 2);
  return rank(one) - rank(other);
}
