import type { Command, OptionTable } from "../command.ts";
import { defineStoredCommand, type StoredCommand } from "../config/define-settings-command.ts";
import { type Books, openBooks, openBooksToRead } from "../storage/open-books.ts";

/** A command that opens the books, works on them, closes them and tells what came of it. */
export function defineBooksCommand<const Table extends OptionTable>(command: StoredCommand<Table, Books>): Command {
  return defineStoredCommand({ toRead: openBooksToRead, toWrite: openBooks }, command);
}
