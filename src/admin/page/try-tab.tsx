import type { ModelDescription } from "../../model/describe-model.ts";
import type { Cost } from "../../model/price.ts";
import type { Warning } from "../../model/warning.ts";
import { rooms } from "../../prompt/rooms.ts";
import { styles } from "../../prompt/styles.ts";
import { ask } from "./api.ts";
import { BeforeAfter } from "./before-after.tsx";
import { DifferenceList } from "./difference-list.tsx";
import { Failure } from "./failure.tsx";
import { count, money } from "./format.ts";
import { Outcome } from "./outcome.tsx";
import type { Scope } from "./paths.ts";
import { PhotoInput } from "./photo-input.tsx";
import type { ConfigEditor } from "./use-config-editor.ts";
import { useFeatures } from "./use-features.ts";
import { useLoaded } from "./use-loaded.ts";
import type { Trial } from "./use-trial.ts";
import { WarningList } from "./warning-list.tsx";

interface TryTabProps {
  readonly description: ModelDescription;
  readonly editor: ConfigEditor;
  readonly scope: Scope;
  /** Not the tab's own: it goes on while somebody looks at another one. */
  readonly trial: Trial;
}

interface Estimate {
  readonly estimate: Cost;
  readonly warnings: readonly Warning[];
}

/** Stages a photo with the settings as they are in the form, saved or not. */
export function TryTab({ description, editor, scope, trial }: TryTabProps) {
  const features = useFeatures();
  const { choice, choose } = trial;
  const { image } = choice;
  const { properties } = description.jsonSchema;
  // What is stored is read by the server: only what differs from it goes along.
  const config = Object.fromEntries([...editor.edited].map((field) => [field, editor.values[field] ?? null]));
  const request = { modelId: scope.modelId, config, ...(scope.projectId !== null && { projectId: scope.projectId }) };
  const wrong = Object.keys(editor.problems);
  const isPossible = features?.canTry === true && features.may.spend && description.capabilities.takesPhoto;
  const estimate = useLoaded(`estimate ${JSON.stringify(request)} ${isPossible}`, async (signal) =>
    wrong.length > 0 || !isPossible ? undefined : ask<Estimate>("try/estimate", { method: "POST", body: request, signal }),
  );
  const titleOf = (field: string) => properties[field]?.title ?? field;
  if (features === undefined) return null;
  if (!isPossible) return <p class="empty">{whyNot(features.canTry, description.capabilities.takesPhoto)}</p>;
  const cost = estimate.data?.estimate;
  return (
    <div class="try">
      <section class="try-request" aria-label="What to stage">
        <PhotoInput photo={image} choose={(chosen) => choose({ image: chosen })} />
        <div class="pair">
          <Choice label="Room" value={choice.room} choose={(room) => choose({ room })} options={rooms} />
          <Choice label="Style" value={choice.style} choose={(style) => choose({ style })} options={styles} />
        </div>
        {editor.changeCount > 0 ? (
          <details class="fold">
            <summary>With {count(editor.changeCount, "unsaved change")}</summary>
            <DifferenceList differences={editor.differences} properties={properties} inheritedName="inherited" />
          </details>
        ) : (
          <p class="soft">With the settings as they are stored.</p>
        )}
        {wrong.length > 0 && <p class="why-wrong">First correct {wrong.map(titleOf).join(", ")} in the settings.</p>}
        {estimate.error && <Failure error={estimate.error} retry={estimate.reload} />}
        {estimate.data && <WarningList warnings={estimate.data.warnings} titleOf={titleOf} />}
        <div class="actions">
          <button
            type="button"
            class="primary"
            disabled={image === undefined || trial.isRunning || wrong.length > 0 || cost === undefined}
            onClick={() => image && trial.begin({ ...request, ...choice, image })}
          >
            {trial.isRunning ? "Staging" : "Stage this photo"}
          </button>
          {cost && <span class="estimate">{costText(cost)}</span>}
        </div>
      </section>
      <section class="try-result" aria-label="Result" aria-busy={trial.isRunning}>
        {!trial.isRunning && !trial.run && !trial.failure && <p class="empty">The staged photo appears here, beside the one you chose.</p>}
        {trial.isRunning && trial.photo && (
          <div class="staging">
            <img src={trial.photo} alt="" />
            <p role="status">Staging. This takes about ten seconds.</p>
          </div>
        )}
        {trial.failure && <Failure error={trial.failure} retry={trial.lookAgain} />}
        {!trial.isRunning && trial.run && (
          <>
            {trial.image && trial.photo && <BeforeAfter before={trial.photo} after={trial.image} />}
            <Outcome run={trial.run} judge={trial.judge} titleOf={titleOf} />
          </>
        )}
      </section>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: Readonly<Record<string, { readonly label: string }>>;
  choose(value: string): void;
}

function Choice({ label, value, options, choose }: ChoiceProps) {
  return (
    <label class="stacked">
      <span class="label">{label}</span>
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {Object.entries(options).map(([key, option]) => (
          <option key={key} value={key}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function costText({ microUsd, outputs }: Cost): string {
  if (microUsd === null) return "The price is not known.";
  return outputs > 1 ? `Costs at most ${money(microUsd)}, for ${outputs} images.` : `Costs about ${money(microUsd)}.`;
}

function whyNot(canTry: boolean, takesPhoto: boolean): string {
  if (!takesPhoto) return "This model takes no photo, so there is nothing to stage.";
  return canTry
    ? "You may look at settings here, but not spend money."
    : "Trying is not set up here: this service gave the page no client to stage with.";
}
