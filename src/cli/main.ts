import { runCommandLine } from "./run-command-line.ts";
import { createTerminal } from "./terminal.ts";

// `restage models | head -1` closes the pipe early; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

process.exitCode = await runCommandLine(process.argv.slice(2), createTerminal(process));
