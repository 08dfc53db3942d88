import type { Terminal } from "./terminal.ts";

/** Told when the person at the keyboard wants to stop. */
export interface InterruptListener {
  readonly signal: AbortSignal;
  stop(): void;
}

/** The first Ctrl-C aborts the signal, so that the command can say what it leaves behind; the second ends the process at once. */
export function listenForInterrupt(terminal: Terminal): InterruptListener {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    terminal.redraw("");
    terminal.note("Stopping. Ctrl-C once more leaves at once.");
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return {
    signal: controller.signal,
    stop: () => {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    },
  };
}
