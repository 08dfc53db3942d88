import { useState } from "preact/hooks";
import { announce } from "./announce.tsx";
import { ask } from "./api.ts";
import type { PauseState } from "./api-types.ts";
import { Confirm } from "./confirm.tsx";
import { timeAgo } from "./format.ts";
import { projectPath } from "./paths.ts";
import { useFeatures } from "./use-features.ts";
import { usePause } from "./use-pause.ts";

interface PauseProps {
  readonly projectId: string | null;
}

/** Tells that staging is paused, and resumes it. */
export function PauseBanner({ projectId }: PauseProps) {
  const { state, put } = usePause(projectId);
  const mayWrite = useFeatures()?.may.write === true;
  const [isBusy, setIsBusy] = useState(false);
  if (state === undefined || (state.pause === null && state.issues.length === 0)) return null;
  const { pause, version, issues } = state;
  const resume = async () => {
    setIsBusy(true);
    try {
      put(await ask<PauseState>(`${projectPath(projectId)}pause`, { method: "DELETE", version }));
      announce("Staging goes on.");
    } catch (error) {
      announce((error as Error).message);
    } finally {
      setIsBusy(false);
      put(undefined);
    }
  };
  return (
    <section class="notice warn pause" aria-label="Staging is paused">
      <div>
        <strong>{projectId === null ? "All staging is paused." : "Staging of this project is paused."}</strong>{" "}
        {pause
          ? pause.reason
          : `The stored pause cannot be read, so that no staging starts: ${issues.map(({ message }) => message).join("; ")}`}
        {pause?.since && (
          <div class="soft">
            Paused {timeAgo(pause.since)}
            {pause.author && ` by ${pause.author.name}`}
          </div>
        )}
      </div>
      {mayWrite && (
        <button type="button" disabled={isBusy} onClick={resume}>
          Resume staging
        </button>
      )}
    </section>
  );
}

/** A button that pauses all staging, or that of a project. */
export function PauseButton({ projectId }: PauseProps) {
  const { state, put } = usePause(projectId);
  const [isAsking, setIsAsking] = useState(false);
  if (state === undefined || state.pause || state.issues.length > 0) return null;
  const pause = async (reason: string) => {
    try {
      put(await ask<PauseState>(`${projectPath(projectId)}pause`, { method: "PUT", body: { reason }, version: state.version }));
      announce("Staging is paused.");
    } catch (error) {
      put(undefined);
      throw error;
    }
  };
  return (
    <>
      <button type="button" onClick={() => setIsAsking(true)}>
        Pause staging
      </button>
      {isAsking && (
        <Confirm
          title={projectId === null ? "Pause all staging?" : "Pause the staging of this project?"}
          action="Pause staging"
          ask="Reason"
          isRequired
          act={pause}
          onClose={() => setIsAsking(false)}
        >
          <p>No new staging starts until you resume it. What runs already is finished. Whoever asks for a staging is told the reason.</p>
        </Confirm>
      )}
    </>
  );
}
