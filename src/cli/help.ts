import type { Command } from "./command.ts";
import { commonOptions } from "./parse-command-line.ts";
import { toTable } from "./table.ts";
import type { Style } from "./terminal.ts";

/** The help of the command line. */
export function toMainHelp(commands: readonly Command[], { bold }: Style): string {
  return [
    "Stages room photos with image models on Replicate.",
    `${bold("Usage")}\n  restage COMMAND [options]`,
    `${bold("Commands")}\n${indent(toTable(commands.map(({ name, summary }) => [name, summary])))}`,
    `${bold("Options")}\n${indent(
      toTable([
        ["--help", "Show this help; after a command, the help of that command"],
        ["--version", "Show the version"],
      ]),
    )}`,
    `${bold("Environment")}\n${indent(
      toTable([
        ["REPLICATE_API_TOKEN", "The token to stage with: https://replicate.com/account/api-tokens"],
        ["REPLICATE_BASE_URL", "Another address of the API, such as a simulator's"],
      ]),
    )}`,
    `${bold("First steps")}\n${indent(
      toTable([
        ["restage demo", "See what staging looks like: offline, no token"],
        ["restage stage room.jpg --room living_room --simulate", "Try your own photo, offline"],
      ]),
    )}`,
  ].join("\n\n");
}

/** The help of one command. */
export function toCommandHelp({ name, summary, argument, options, details, examples }: Command, { bold }: Style): string {
  const argumentUsage = argument === undefined ? "" : argument.isRequired ? ` ${argument.name}` : ` [${argument.name}]`;
  const rows = Object.entries({ ...options, ...commonOptions }).map(([option, { placeholder, description, multiple }]) => [
    `--${option}${placeholder === undefined ? "" : ` ${placeholder}`}`,
    `${description}${multiple ? " (repeatable)" : ""}`,
  ]);
  return [
    summary,
    `${bold("Usage")}\n  restage ${name}${argumentUsage} [options]`,
    ...(argument === undefined ? [] : [`${bold("Argument")}\n${indent(toTable([[argument.name, argument.description]]))}`]),
    `${bold("Options")}\n${indent(toTable(rows))}`,
    ...(details === undefined ? [] : [details()]),
    `${bold("Examples")}\n${examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`).join("\n")}`,
  ].join("\n\n");
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
