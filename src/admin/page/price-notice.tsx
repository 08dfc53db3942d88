import { useState } from "preact/hooks";
import { Confirm } from "./confirm.tsx";
import { priceText } from "./format.ts";
import type { PriceEditor } from "./use-price-editor.ts";

interface PriceNoticeProps {
  readonly editor: PriceEditor;
  readonly mayWrite: boolean;
  /** Called when the price was taken away. */
  onChange(): void;
}

/** Tells that a stored price cannot be read, and takes it away. */
export function PriceNotice({ editor, mayWrite, onChange }: PriceNoticeProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { stored } = editor;
  if (stored === undefined || stored.issues.length === 0) return null;
  const { builtIn, issues } = stored;
  return (
    <section class="notice bad pause" aria-label="The stored price cannot be read">
      <div>
        <p>
          <strong>The stored price cannot be read, so every staging with this model is refused.</strong>{" "}
          {mayWrite && "Set another one under Price, or take it away."}
        </p>
        <ul>
          {issues.map(({ field, message }) => (
            <li key={field + message}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      </div>
      {mayWrite && (
        <button type="button" onClick={() => setIsAsking(true)}>
          Take it away
        </button>
      )}
      {isAsking && (
        <Confirm
          title="Take the stored price away?"
          action="Take it away"
          ask="Note (optional)"
          act={async (note) => {
            await editor.reset(note);
            onChange();
          }}
          onClose={() => setIsAsking(false)}
        >
          <p>{builtIn === null ? "Nobody knows what a staging costs then." : `The built-in price counts again: ${priceText(builtIn)}.`}</p>
        </Confirm>
      )}
    </section>
  );
}
