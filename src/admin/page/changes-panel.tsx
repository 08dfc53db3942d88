import { useEffect, useRef } from "preact/hooks";
import type { FormProperty } from "../../model/form-schema.ts";
import { DifferenceList } from "./difference-list.tsx";
import type { Editor } from "./editor.ts";
import { Failure } from "./failure.tsx";
import { count, estimateText, money } from "./format.ts";
import { WarningList } from "./warning-list.tsx";

interface ChangesPanelProps {
  readonly editor: Editor;
  readonly properties: Readonly<Record<string, FormProperty>>;
  readonly inheritedName: string;
  /** What counts while nothing is stored. */
  readonly nothingStored: string;
  readonly note: string;
  setNote(note: string): void;
  save(): void;
}

/** What a save would change, a note, and the button. */
export function ChangesPanel({ editor, properties, inheritedName, nothingStored, note, setNote, save }: ChangesPanelProps) {
  const { stored, changeCount, problems, differences, preview, isBusy, failure, conflict } = editor;
  const wrong = Object.keys(problems);
  const estimate = (preview ?? stored)?.estimate;
  const before = stored?.estimate;
  const warnings = (preview ?? stored)?.warnings ?? [];
  const title = useRef<HTMLHeadingElement>(null);
  const hadChanges = useRef(changeCount > 0);
  useEffect(() => {
    // The button that saved or discarded them went away, and the focus with it.
    if (hadChanges.current && changeCount === 0 && document.activeElement === document.body) title.current?.focus({ preventScroll: true });
    hadChanges.current = changeCount > 0;
  }, [changeCount]);
  return (
    <aside class={changeCount > 0 ? "side pending" : "side"} aria-labelledby="changes-title">
      <h2 ref={title} id="changes-title" tabIndex={-1}>
        {changeCount > 0 ? `${count(changeCount, "change")} not saved` : "Stored"}
      </h2>
      {changeCount === 0 && (
        <p class="soft">
          {stored?.version == null
            ? `Nothing is stored yet: ${nothingStored}`
            : `Version ${stored.version}. Change a field to make a new one.`}
        </p>
      )}
      {changeCount > 0 && !conflict && (
        <>
          <DifferenceList differences={differences} properties={properties} inheritedName={inheritedName} />
          {wrong.length > 0 && (
            <p class="why-wrong">
              Correct this first:{" "}
              {wrong.map((field, index) => (
                <>
                  {index > 0 && ", "}
                  <a href={`#root_${field}`} onClick={(event) => focusField(event, field)}>
                    {properties[field]?.title ?? field}
                  </a>
                </>
              ))}
            </p>
          )}
          <label class="stacked">
            <span class="label">Note (optional)</span>
            <input
              type="text"
              maxLength={500}
              placeholder="Why this change"
              value={note}
              onInput={({ currentTarget }) => setNote(currentTarget.value)}
            />
          </label>
          {failure && <Failure error={failure} />}
          <div class="actions">
            <button type="button" class="primary" disabled={isBusy || wrong.length > 0} onClick={save}>
              Save
            </button>
            <button type="button" disabled={isBusy} onClick={editor.discard}>
              Discard
            </button>
          </div>
        </>
      )}
      {conflict && <p class="soft">First decide what becomes of the newer version.</p>}
      {estimate && (
        <p class="estimate">
          A staging costs <strong>{estimateText(estimate)}</strong>
          {before && before.microUsd !== null && before.microUsd !== estimate.microUsd && `; now ${money(before.microUsd)}`}
        </p>
      )}
      <WarningList warnings={warnings} titleOf={(field) => properties[field]?.title ?? field} />
    </aside>
  );
}

// A real link would be taken for a way to another view.
function focusField(event: Event, field: string): void {
  event.preventDefault();
  const place = document.querySelector(`[data-field="${CSS.escape(field)}"]`);
  const input = place?.querySelector<HTMLElement>("input, select") ?? place?.querySelector("button");
  input?.focus();
}
