import { type Command, type CommandInput, defineCommand, type OptionTable } from "../command.ts";
import { openStorage, openStorageToRead } from "../storage/open-storage.ts";
import type { Storage } from "../storage/storage.ts";
import type { Style } from "../terminal.ts";

/** What a command found or did. */
export interface Report {
  /** For programs: plain JSON. */
  readonly json: unknown;
  /** For people. */
  text(style: Style): string;
  /** Default 0. */
  readonly exitCode?: number;
}

/** What a command does with the settings. */
type Work = (storage: Storage) => Promise<Report>;

/** A command on the stored settings. */
export interface SettingsCommand<Table extends OptionTable> extends Omit<Command<Table>, "run"> {
  /** Whether it changes them. */
  readonly isWriting: boolean;
  /** Reads the command line and gives the work, so that a mistake in it is told before anything is opened. */
  plan(input: CommandInput<Table>): Work | Promise<Work>;
}

/** A command that opens the stored settings, works on them, closes them and tells what came of it. */
export function defineSettingsCommand<const Table extends OptionTable>(settingsCommand: SettingsCommand<Table>): Command {
  const { isWriting, plan, ...command } = settingsCommand;
  return defineCommand<Table>({
    ...command,
    async run(input) {
      const { options, terminal } = input;
      const work = await plan(input);
      const storage = await (isWriting ? openStorage : openStorageToRead)(command.name, terminal);
      try {
        const { json, text, exitCode = 0 } = await work(storage);
        terminal.print(options.json ? JSON.stringify(json, null, 2) : text(terminal.style));
        return exitCode;
      } finally {
        await storage.close();
      }
    },
  });
}
