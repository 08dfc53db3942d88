import type { Progress } from "../client/client-context.ts";
import { formatDuration } from "./format.ts";
import type { Terminal } from "./terminal.ts";

/** Shows how far one staging is. */
export interface ProgressLine {
  show(progress: Progress): void;
  /** Takes the line away. */
  end(): void;
}

/** The phases of a staging, for people. */
export const phaseWords: Readonly<Record<Progress["phase"], string>> = {
  uploading: "uploading the photo",
  creating: "sending",
  starting: "waiting to start",
  processing: "staging",
  collecting: "fetching the image",
  done: "done",
};
const barLength = 24;

/**
 * One line that is redrawn as time passes, with a bar of the model's usual time; where nobody watches, a plain line for each new phase.
 * `now` is the clock that the staging lives by.
 */
export function createProgressLine(terminal: Terminal, now: () => number): ProgressLine {
  let latest: Progress | undefined;
  let toldAt = 0;
  const draw = () => {
    if (latest !== undefined) terminal.redraw(toLine(latest, latest.elapsedMs + now() - toldAt));
  };
  const timer = terminal.isInteractive ? setInterval(draw, 100).unref() : undefined;
  return {
    show(progress) {
      const isNews = progress.phase !== latest?.phase;
      latest = progress;
      toldAt = now();
      if (progress.phase === "done") return;
      if (terminal.isInteractive) draw();
      else if (isNews) terminal.note(`${phaseWords[progress.phase]} (${formatDuration(progress.elapsedMs)})`);
    },
    end() {
      clearInterval(timer);
      terminal.redraw("");
    },
  };
}

function toLine({ phase, modelId, usualDurationMs }: Progress, elapsedMs: number): string {
  const share = Math.min(1, elapsedMs / usualDurationMs);
  const filled = Math.round(share * barLength);
  const bar = `${"█".repeat(filled)}${"░".repeat(barLength - filled)}`;
  return `${bar} ${formatDuration(elapsedMs)} of usually ${formatDuration(usualDurationMs)} · ${modelId} · ${phaseWords[phase]}`;
}
