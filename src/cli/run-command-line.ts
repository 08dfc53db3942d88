import packageJson from "../../package.json" with { type: "json" };
import type { Command, CommandGroup } from "./command.ts";
import { commands } from "./commands.ts";
import { findClosest } from "./find-closest.ts";
import { toCommandHelp, toGroupHelp, toMainHelp } from "./help.ts";
import { parseCommandLine } from "./parse-command-line.ts";
import { reportError } from "./report-error.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Runs the command that the words name, and gives the exit code. Never throws. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  let found: Command | CommandGroup | undefined;
  try {
    const [name, ...others] = words;
    if (name === "--version" || name === "-v") return show(packageJson.version, terminal);
    if (isHelp(name)) return show(toMainHelp(commands, terminal.style), terminal);
    found = find(commands, name, "restage");
    if (!("commands" in found)) return await run(found, others, terminal);
    const [second, ...rest] = others;
    const { name: word, commands: members } = found;
    const own = members.find((command) => command.name === word);
    const isHelpWanted = second === "--help" || second === "-h";
    if (own && !isHelpWanted && (second === undefined || second.startsWith("-"))) return await run(own, others, terminal);
    if (isHelp(second)) return show(toGroupHelp(found, terminal.style), terminal);
    found = find(found.commands, `${name} ${second}`, `restage ${name}`);
    return await run(found, rest, terminal);
  } catch (error) {
    return reportError(error, terminal, words.includes("--json"), found?.name);
  }
}

function isHelp(word: string | undefined): word is undefined {
  return word === undefined || word === "--help" || word === "-h";
}

function find<Entry extends { readonly name: string }>(entries: readonly Entry[], name: string, before: string): Entry {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const known = entries.map((candidate) => candidate.name);
  if (/(^| )-/.test(name)) throw new UsageError(`${before} needs a command. There are ${known.join(", ")}`);
  const closest = findClosest(name, known);
  const hint = closest === undefined ? "" : ` Did you mean ${closest}?`;
  throw new UsageError(`Unknown command ${JSON.stringify(name)}.${hint} There are ${known.join(", ")}`);
}

async function run(command: Command, words: readonly string[], terminal: Terminal): Promise<number> {
  const { args, options } = parseCommandLine(command, words);
  return options.help ? show(toCommandHelp(command, terminal.style), terminal) : command.run({ args, options, terminal });
}

function show(text: string, terminal: Terminal): number {
  terminal.print(text);
  return 0;
}
