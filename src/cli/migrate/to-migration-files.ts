import { checkSchema } from "../../stores/postgres/check-schema.ts";
import { migrations } from "../../stores/postgres/migrations/migrations.ts";
import { UsageError } from "../usage-error.ts";

/** A file for another migration runner. */
export interface MigrationFile {
  readonly name: string;
  readonly content: string;
}

type Print = (name: string, about: string, up: string, down: string) => readonly MigrationFile[];

/**
 * One entry for each runner. The last two open a transaction by themselves, and take both directions from one file. Nothing may stand
 * before their first mark: releases of node-pg-migrate take that many letters of the way down for the way up.
 */
const formats: Readonly<Record<string, Print>> = {
  "golang-migrate": (name, about, up, down) => [
    { name: `${name}.up.sql`, content: `${about}\nbegin;\n\n${up}\ncommit;\n` },
    { name: `${name}.down.sql`, content: `${about}\nbegin;\n\n${down}\ncommit;\n` },
  ],
  dbmate: (name, about, up, down) => [{ name: `${name}.sql`, content: `-- migrate:up\n${about}\n${up}\n-- migrate:down\n\n${down}` }],
  "node-pg-migrate": (name, about, up, down) => [
    { name: `${name}.sql`, content: `-- Up Migration\n${about}\n${up}\n-- Down Migration\n\n${down}` },
  ],
};

/** The runners that files can be printed for. */
export const migrationFormats = Object.keys(formats);

/**
 * All migrations as files for the runner that a service has already. `from` is the number of the first, with its leading zeros; the
 * others count up from it. The ledger of this library knows them by their own versions all the same.
 *
 * @throws {UsageError}
 * @throws {InvalidSchemaNameError}
 */
export function toMigrationFiles(options: {
  readonly format?: string;
  readonly from?: string;
  readonly schema?: string;
}): readonly MigrationFile[] {
  const { format = "golang-migrate", from = "0015" } = options;
  const print = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (print === undefined) throw new UsageError(`--format is one of ${migrationFormats.join(", ")}, not ${JSON.stringify(format)}`);
  if (!/^\d{1,20}$/.test(from)) throw new UsageError(`--from is the number of the first file, such as 0043, not ${JSON.stringify(from)}`);
  if (format === "node-pg-migrate" && !/^(\d{13}|\d{17})$/.test(from)) {
    throw new UsageError(
      `--from takes 13 digits (milliseconds) or 17 for node-pg-migrate, such as 1763700000000; not ${JSON.stringify(from)}`,
    );
  }
  const schema = checkSchema(options.schema);
  return migrations.flatMap(({ version, name, up, down }, index) => {
    const number = String(BigInt(from) + BigInt(index)).padStart(from.length, "0");
    const about = `-- restage migration ${version}, ${name}; kept in restage_migrations. Made by: restage migrate print\n`;
    return print(`${number}_${name}`, about, toScript(up(schema)), toScript(down(schema)));
  });
}

function toScript(statements: readonly string[]): string {
  return statements.map((statement) => `${statement};\n`).join("\n");
}
