import { useState } from "preact/hooks";
import { ChangesPanel } from "./changes-panel.tsx";
import { Confirm } from "./confirm.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import { Failure, Waiting } from "./failure.tsx";
import { priceText } from "./format.ts";
import { HistoryList } from "./history-list.tsx";
import { PendingBar } from "./pending-bar.tsx";
import { PriceFacts } from "./price-facts.tsx";
import { priceProperties, toPriceChanges } from "./price-fields.ts";
import { PriceForm } from "./price-form.tsx";
import type { PriceEditor } from "./use-price-editor.ts";

interface PriceTabProps {
  readonly editor: PriceEditor;
  readonly mayWrite: boolean;
  /** Called when the price is another one: so are estimates. */
  onChange(): void;
}

const historyProperties = { ...priceProperties, "(value)": { type: "string", title: "Price" } as const };

/** What a model costs, who says so, and a price of the owner's own. */
export function PriceTab({ editor, mayWrite, onChange }: PriceTabProps) {
  const [note, setNote] = useState("");
  const [isResetting, setIsResetting] = useState(false);
  const [isHistoryOpen, setIsHistoryOpen] = useState(false);
  const { stored, error, path, changeCount, conflict } = editor;
  if (error) return <Failure error={error} retry={editor.reload} />;
  if (!stored) return <Waiting />;
  const { version, builtIn } = stored;
  const inheritedName = "built in";
  const shown = { editor, properties: priceProperties, inheritedName };
  const save = async () => {
    if (!(await editor.save(note))) return;
    setNote("");
    onChange();
  };
  const reset = async (why: string) => {
    await editor.reset(why);
    onChange();
  };
  return (
    <>
      <div class={mayWrite ? "with-side" : ""}>
        <div class="form">
          {conflict && <ConflictNotice {...shown} save={save} />}
          <h2>Price in force</h2>
          <PriceFacts stored={stored} />
          {mayWrite && (
            <>
              <PriceForm editor={editor} onSubmit={() => void (changeCount > 0 && !conflict && save())} />
              {version !== null && (
                <div class="form-end">
                  <button type="button" class="quiet" onClick={() => setIsResetting(true)}>
                    {builtIn === null ? "Take the price away" : `Reset to the built-in price: ${priceText(builtIn)}`}
                  </button>
                </div>
              )}
            </>
          )}
        </div>
        {mayWrite && changeCount > 0 && !conflict && <PendingBar changeCount={changeCount} />}
        {mayWrite && (
          <ChangesPanel
            {...shown}
            nothingStored={builtIn === null ? "nobody knows the price." : "the built-in price counts."}
            note={note}
            setNote={setNote}
            save={save}
          />
        )}
      </div>
      <details class="fold" onToggle={({ currentTarget }) => setIsHistoryOpen(currentTarget.open)}>
        <summary>Earlier prices</summary>
        {isHistoryOpen && (
          <div class="block">
            <HistoryList
              key={version}
              path={path}
              properties={historyProperties}
              toChanges={toPriceChanges}
              inheritedName={inheritedName}
              mayWrite={mayWrite}
              onChange={() => {
                editor.reload();
                onChange();
              }}
            />
          </div>
        )}
      </details>
      {isResetting && (
        <Confirm
          title={builtIn === null ? "Take the price away?" : "Reset to the built-in price?"}
          action="Reset"
          ask="Note (optional)"
          act={reset}
          onClose={() => setIsResetting(false)}
        >
          <p>
            {builtIn === null
              ? "No price is built in, so nobody knows what a staging costs then."
              : `Stagings from now on are counted at ${priceText(builtIn)}.`}{" "}
            Your unsaved changes go away, too. You can restore this price from the earlier ones.
          </p>
        </Confirm>
      )}
    </>
  );
}
