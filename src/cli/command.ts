import type { Terminal } from "./terminal.ts";

/** An option of a command. Its name is the key in the table, without dashes. */
export interface OptionDefinition {
  readonly type: "boolean" | "string";
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
  /** What stands for the value in the help, such as `PATH`. */
  readonly placeholder?: string;
  readonly description: string;
}

/** The options of a command by name. */
export type OptionTable = Readonly<Record<string, OptionDefinition>>;

/** What was given for the options of a table. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]?: Table[Name]["type"] extends "boolean"
    ? boolean
    : Table[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string;
};

/** An argument of a command: a word that belongs to no option. */
export interface ArgumentDefinition {
  readonly name: string;
  readonly isRequired: boolean;
  /** Whether it may be given several times; only the last one may. */
  readonly isMany?: boolean;
  readonly description: string;
}

/** What a command works on. */
export interface CommandInput<Table extends OptionTable = OptionTable> {
  /** The arguments, in their order; at least the required ones. */
  readonly args: readonly string[];
  readonly options: OptionValues<Table> & { readonly json?: boolean; readonly help?: boolean };
  readonly terminal: Terminal;
}

/** A command of the command line. */
export interface Command<Table extends OptionTable = OptionTable> {
  /** As it is typed; of a command in a group with the group's name: `config get`. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly args: readonly ArgumentDefinition[];
  readonly options: Table;
  /** What else its help says. */
  readonly details?: () => string;
  /** Command lines and what they do. */
  readonly examples: readonly (readonly [commandLine: string, meaning: string])[];
  /** Does the work and gives the exit code. */
  run(input: CommandInput<Table>): Promise<number>;
}

/** Commands that begin with the same word. One that is that word alone runs where no other is named. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}

/** A command whose `run` gets its options typed. */
export function defineCommand<const Table extends OptionTable>(command: Command<Table>): Command {
  return command as unknown as Command;
}
