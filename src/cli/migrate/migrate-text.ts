import type { MigrationName } from "../../stores/postgres/migration-options.ts";
import type { MigrationState } from "../../stores/postgres/migration-status.ts";
import { toTable } from "../table.ts";
import type { Style } from "../terminal.ts";
import type { MigrationFile } from "./to-migration-files.ts";

/** What `migrate up` did. */
export function toUpText(applied: readonly MigrationName[]): string {
  return applied.length === 0 ? "Nothing to do: all migrations are applied" : toLines("Applied", applied);
}

/** What `migrate down` did. */
export function toDownText(taken: readonly MigrationName[]): string {
  return taken.length === 0 ? "Nothing to do: no migration is applied" : toLines("Took back", taken);
}

/** What `migrate detach` did. */
export function toDetachText(taken: readonly MigrationName[]): string {
  return taken.length === 0
    ? "Nothing to do: the triggers are off already"
    : "Took the triggers off the table settings. All data is as it was; `restage migrate up` puts them on again";
}

/** What `migrate status` found. */
export function toStatusText(states: readonly MigrationState[], { dim }: Style): string {
  const rows = states.map(({ version, name, appliedAt }) => [String(version), name, appliedAt ?? "not applied"]);
  const isComplete = states.every(({ appliedAt }) => appliedAt !== null);
  return [
    toTable([["VERSION", "NAME", "APPLIED"].map(dim), ...rows], [0]),
    ...(isComplete ? [] : [dim("`restage migrate up` applies what is missing.")]),
  ].join("\n\n");
}

/** Files one after the other, each under its name. */
export function toFilesText(files: readonly MigrationFile[]): string {
  return files.map(({ name, content }) => `-- ${name}\n${content}`).join("\n");
}

function toLines(verb: string, migrations: readonly MigrationName[]): string {
  return migrations.map(({ version, name }) => `${verb} ${version} ${name}`).join("\n");
}
