import { type Command, type CommandInput, defineCommand, type OptionTable } from "../command.ts";
import { openStorage, openStorageToRead } from "../storage/open-storage.ts";
import type { Storage } from "../storage/storage.ts";
import type { Style, Terminal } from "../terminal.ts";

/** What a command found or did. */
export interface Report {
  /** For programs: plain JSON. */
  readonly json: unknown;
  /** For people. */
  text(style: Style): string;
  /** Default 0. */
  readonly exitCode?: number;
}

/** What a command does with what is stored. */
type Work<Stored> = (stored: Stored) => Promise<Report>;

/** A command on what is stored. */
export interface StoredCommand<Table extends OptionTable, Stored> extends Omit<Command<Table>, "run"> {
  /** Whether it changes it. */
  readonly isWriting: boolean;
  /** Reads the command line and gives the work, so that a mistake in it is told before anything is opened. */
  plan(input: CommandInput<Table>): Work<Stored> | Promise<Work<Stored>>;
}

/** Opens what is stored, for a command. */
type Open<Stored> = (command: string, terminal: Terminal) => Promise<Stored>;

/** A command that opens the stored settings, works on them, closes them and tells what came of it. */
export function defineSettingsCommand<const Table extends OptionTable>(command: StoredCommand<Table, Storage>): Command {
  return defineStoredCommand({ toRead: openStorageToRead, toWrite: openStorage }, command);
}

/** The same for anything else that is stored. */
export function defineStoredCommand<const Table extends OptionTable, Stored extends { close(): Promise<void> }>(
  open: { readonly toRead: Open<Stored>; readonly toWrite: Open<Stored> },
  storedCommand: StoredCommand<Table, Stored>,
): Command {
  const { isWriting, plan, ...command } = storedCommand;
  return defineCommand<Table>({
    ...command,
    async run(input) {
      const { options, terminal } = input;
      const work = await plan(input);
      const stored = await (isWriting ? open.toWrite : open.toRead)(command.name, terminal);
      try {
        const { json, text, exitCode = 0 } = await work(stored);
        terminal.print(options.json ? JSON.stringify(json, null, 2) : text(terminal.style));
        return exitCode;
      } finally {
        await stored.close();
      }
    },
  });
}
