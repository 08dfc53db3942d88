import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { ApiError } from "./api-error.ts";
import { Dialog } from "./dialog.tsx";
import { Failure } from "./failure.tsx";

interface ConfirmProps {
  readonly title: string;
  readonly children?: ComponentChildren;
  /** What the button says. */
  readonly action: string;
  /** What the text field asks for. */
  readonly ask: string;
  readonly isRequired?: boolean;
  act(text: string): Promise<void>;
  onClose(): void;
}

/** Asks before something is done, with a word on why. */
export function Confirm({ title, children, action, ask, isRequired = false, act, onClose }: ConfirmProps) {
  const [text, setText] = useState("");
  const [error, setError] = useState<ApiError>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    setError(undefined);
    try {
      await act(text.trim());
      onClose();
    } catch (caught) {
      setError(caught as ApiError);
      setIsBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit}>
        {children}
        <label class="stacked">
          <span class="label">{ask}</span>
          <input
            type="text"
            value={text}
            required={isRequired}
            maxLength={500}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        {error && <Failure error={error} />}
        <div class="actions">
          <button type="submit" class="primary" disabled={isBusy}>
            {action}
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
