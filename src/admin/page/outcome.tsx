import { money } from "./format.ts";
import type { TriedRun } from "./use-trial.ts";
import { WarningList } from "./warning-list.tsx";

interface OutcomeProps {
  readonly run: TriedRun;
  judge(accepted: boolean): void;
  titleOf(field: string): string;
}

/** What came of a staging: its cost, its time, what went wrong, and whether somebody would use it. */
export function Outcome({ run, judge, titleOf }: OutcomeProps) {
  const seconds = run.attempts.at(-1)?.predictTimeSeconds ?? null;
  return (
    <>
      {run.error && (
        <div class="notice bad" role="alert">
          <p>{run.error.message}</p>
        </div>
      )}
      {run.state === "unknown" && (
        <div class="notice warn" role="alert">
          <p>Nobody knows yet what became of it. It is looked after and not sent again.</p>
        </div>
      )}
      <dl class="facts">
        <div>
          <dt>Cost</dt>
          <dd>{run.cost === null ? "Not known yet" : money(run.cost.microUsd)}</dd>
        </div>
        {seconds !== null && (
          <div>
            <dt>Computing time</dt>
            <dd>{seconds.toFixed(1)} s</dd>
          </div>
        )}
        <div>
          <dt>Run</dt>
          <dd class="id">{run.id}</dd>
        </div>
      </dl>
      <WarningList warnings={run.warnings} titleOf={titleOf} />
      {run.state === "succeeded" && (
        <fieldset class="judge">
          <legend>Would you use it?</legend>
          <button type="button" aria-pressed={run.feedback?.accepted === true} onClick={() => judge(true)}>
            Yes
          </button>
          <button type="button" aria-pressed={run.feedback?.accepted === false} onClick={() => judge(false)}>
            No
          </button>
        </fieldset>
      )}
    </>
  );
}
