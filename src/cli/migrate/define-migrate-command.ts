import type { MigrationOptions } from "../../stores/postgres/migration-options.ts";
import { type Command, type CommandInput, defineCommand, type OptionTable } from "../command.ts";
import { readPlace } from "../storage/open-connection.ts";
import { openDatabase } from "../storage/open-database.ts";
import type { Style } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** Which schema. */
export const schemaOption = {
  schema: { type: "string", placeholder: "NAME", description: "The schema of the tables; default: RESTAGE_SCHEMA, else public" },
} as const satisfies OptionTable;

/** A command on the tables of a database. */
export interface MigrateCommand<Table extends OptionTable, Result> extends Omit<Command<Table>, "run" | "args"> {
  migrate(options: Pick<MigrationOptions, "sql" | "schema">, input: CommandInput<Table>): Promise<Result>;
  /** The result for people; programs get it as it is. */
  toText(result: Result, style: Style): string;
}

/** A command that opens the database of `DATABASE_URL`, migrates there, closes it and tells what came of it. */
export function defineMigrateCommand<const Table extends OptionTable & typeof schemaOption, Result>(
  migrateCommand: MigrateCommand<Table, Result>,
): Command {
  const { migrate, toText, ...command } = migrateCommand;
  return defineCommand<Table>({
    ...command,
    args: [],
    async run(input) {
      const { databaseUrl, folder, schema: usual } = readPlace();
      if (databaseUrl === "") {
        throw new UsageError(
          `restage ${command.name} works on the database of DATABASE_URL, which is not set. ${folder} needs no migration by hand`,
        );
      }
      const { options, terminal } = input;
      const { schema = usual, json } = options as { readonly schema?: string; readonly json?: boolean };
      const connection = await openDatabase(databaseUrl, schema);
      try {
        const migrations = await migrate(connection, input);
        const { place } = connection;
        const text = () => `${toText(migrations, terminal.style)}\n${terminal.style.dim(`In ${place}, schema ${schema}`)}`;
        terminal.print(json ? JSON.stringify({ place, schema, migrations }, null, 2) : text());
        return 0;
      } finally {
        await connection.close();
      }
    },
  });
}
