import packageJson from "../../package.json" with { type: "json" };
import type { Command } from "./command.ts";
import { demoCommand } from "./demo-command.ts";
import { toCommandHelp, toMainHelp } from "./help.ts";
import { modelsCommand } from "./models-command.ts";
import { parseCommandLine } from "./parse-command-line.ts";
import { reportError } from "./report-error.ts";
import { stageCommand } from "./stage-command.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const commands: readonly Command[] = [modelsCommand, stageCommand, demoCommand];

/** Runs the command that the words name, and gives the exit code. Never throws. */
export async function runCommandLine([name, ...words]: readonly string[], terminal: Terminal): Promise<number> {
  const command = commands.find((candidate) => candidate.name === name);
  try {
    if (name === "--version" || name === "-v") return show(packageJson.version, terminal);
    if (name === undefined || name === "--help" || name === "-h") return show(toMainHelp(commands, terminal.style), terminal);
    if (command === undefined) {
      throw new UsageError(`Unknown command ${JSON.stringify(name)}. There are ${commands.map((known) => known.name).join(", ")}`);
    }
    const { argument, options } = parseCommandLine(command, words);
    if (options.help) return show(toCommandHelp(command, terminal.style), terminal);
    if (argument === undefined && command.argument?.isRequired) {
      throw new UsageError(`restage ${name} needs a ${command.argument.name}: ${command.argument.description}`);
    }
    return await command.run({ argument, options, terminal });
  } catch (error) {
    return reportError(error, terminal, words.includes("--json"), command?.name);
  }
}

function show(text: string, terminal: Terminal): number {
  terminal.print(text);
  return 0;
}
