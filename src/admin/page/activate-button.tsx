import { useState } from "preact/hooks";
import { announce } from "./announce.tsx";
import { ask } from "./api.ts";
import type { ModelList, ModelRow } from "./api-types.ts";
import { Confirm } from "./confirm.tsx";
import { activeModelPath } from "./paths.ts";

interface ActivateButtonProps {
  readonly model: ModelRow;
  readonly list: ModelList;
  /** Called when it was tried, whatever came of it. */
  onChange(): void;
}

/** Makes a model the active one, where it can be. */
export function ActivateButton({ model, list, onChange }: ActivateButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { modelId, displayName, isActive, canBeActive } = model;
  if (isActive || !canBeActive) return null;
  const activate = async (note: string) => {
    try {
      await ask(activeModelPath(null), { method: "PUT", body: { modelId, ...(note && { note }) }, version: list.active.version });
      announce(`${displayName} is now the active model.`);
    } finally {
      onChange();
    }
  };
  return (
    <>
      <button type="button" onClick={() => setIsAsking(true)} aria-label={`Make active: ${displayName}`}>
        Make active
      </button>
      {isAsking && (
        <Confirm
          title={`Make ${displayName} the active model?`}
          action="Make active"
          ask="Note (optional)"
          act={activate}
          onClose={() => setIsAsking(false)}
        >
          <p>Stagings from now on use it, unless a project or a request names another model.</p>
        </Confirm>
      )}
    </>
  );
}
