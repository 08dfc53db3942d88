import type { Progress } from "../../client/client-context.ts";
import type { ClientEvent } from "../../client/client-event.ts";
import { formatCount } from "../format.ts";
import { phaseWords } from "../progress-line.ts";
import type { Terminal } from "../terminal.ts";
import { toShortId } from "./to-short-id.ts";

/** Shows how far several runs are. */
export interface RunsProgress {
  onProgress(progress: Progress): void;
  onEvent(event: ClientEvent): void;
  /** Takes the line away. */
  end(): void;
}

/** One line that tells how many runs are at which step; where nobody watches, a plain line for each new step of a run. */
export function createRunsProgress(terminal: Terminal): RunsProgress {
  const steps = new Map<string, string>();
  const show = (runId: string, step: string) => {
    if (steps.get(runId) === step) return;
    steps.set(runId, step);
    if (terminal.isInteractive) terminal.redraw(toLine([...steps.values()]));
    else terminal.note(`${toShortId(runId)}: ${step}`);
  };
  return {
    onProgress: ({ runId, phase }) => show(runId, phaseWords[phase]),
    onEvent(event) {
      if (event.type === "run.resumed") show(event.runId, "taken up");
      if (event.type === "attempt.unknown") show(event.runId, "looking for its prediction");
      if (event.type === "run.left_unknown") show(event.runId, "left for you to conclude");
      if (event.type === "run.finished") show(event.runId, phaseWords.done);
    },
    end: () => terminal.redraw(""),
  };
}

function toLine(steps: readonly string[]): string {
  const counts = [...new Set(steps)].map((step) => `${steps.filter((each) => each === step).length} ${step}`);
  return `${formatCount(steps.length, "run")}: ${counts.join(", ")} …`;
}
