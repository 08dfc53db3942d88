import type { ArgumentDefinition, Command, CommandGroup } from "./command.ts";
import { commonOptions } from "./parse-command-line.ts";
import { toTable } from "./table.ts";
import type { Style } from "./terminal.ts";

/** The help of the command line. */
export function toMainHelp(commands: readonly (Command | CommandGroup)[], { bold }: Style): string {
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
        ["DATABASE_URL", "The PostgreSQL that holds settings and runs, as for your service"],
        ["RESTAGE_DATA", "Without a database: the folder that holds them; default .restage"],
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

/** The help of a group of commands. */
export function toGroupHelp({ name, summary, commands: all }: CommandGroup, style: Style): string {
  const { bold } = style;
  const own = all.find((command) => command.name === name);
  const commands = all.filter((command) => command !== own);
  return [
    ...(own ? [toCommandHelp(own, style)] : [summary, `${bold("Usage")}\n  restage ${name} COMMAND [options]`]),
    `${bold(own ? "Other commands" : "Commands")}\n${indent(toTable(commands.map((command) => [`${command.name}${toUsage(command.args)}`, command.summary])))}`,
    `Options and examples of one: restage ${name} COMMAND --help`,
  ].join("\n\n");
}

/** The help of one command. */
export function toCommandHelp({ name, summary, args, options, details, examples }: Command, { bold }: Style): string {
  const rows = Object.entries({ ...options, ...commonOptions }).map(([option, { placeholder, description, multiple }]) => [
    `--${option}${placeholder === undefined ? "" : ` ${placeholder}`}`,
    `${description}${multiple ? " (repeatable)" : ""}`,
  ]);
  return [
    summary,
    `${bold("Usage")}\n  restage ${name}${toUsage(args)} [options]`,
    ...(args.length === 0 ? [] : [`${bold("Arguments")}\n${indent(toTable(args.map((arg) => [arg.name, arg.description])))}`]),
    `${bold("Options")}\n${indent(toTable(rows))}`,
    ...(details === undefined ? [] : [details()]),
    `${bold("Examples")}\n${examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`).join("\n")}`,
  ].join("\n\n");
}

function toUsage(args: readonly ArgumentDefinition[]): string {
  return args.map(({ name, isRequired, isMany }) => ` ${isRequired ? name : `[${name}]`}${isMany ? " …" : ""}`).join("");
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
