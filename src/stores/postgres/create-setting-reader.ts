import { checkCall } from "../../settings/check-call.ts";
import type { ConfigDocument, ConfigStore, ConfigVersion } from "../../settings/config-store.ts";
import { toPage } from "../memory/to-page.ts";
import { runStatement } from "./run-statement.ts";
import type { SettingSources } from "./setting-sources.ts";
import type { SqlQuery, SqlRow } from "./sql.ts";
import { toIsoTime } from "./to-iso-time.ts";

/** The methods of a store that read, each with one statement. */
export function createSettingReader(
  sql: SqlQuery,
  { documents, history }: SettingSources,
): Pick<ConfigStore, "getMany" | "list" | "history" | "trail"> {
  const read = (source: string, rest: string, parameters: readonly unknown[]) =>
    runStatement(sql, `${select} from (${source}) as settings where ${rest}`, parameters);
  const readDocuments = (rest: string, parameters: readonly unknown[]) => read(documents, `value is not null and ${rest}`, parameters);

  return {
    async getMany(keys) {
      for (const key of keys) checkCall("key", key, { key });
      const found = keys.length === 0 ? [] : await readDocuments("key = any($1::text[])", [keys]);
      return new Map(found.map(toDocument).map((document) => [document.key, document]));
    },
    async list(prefix, page) {
      const { cursor = "", limit } = checkCall("list", prefix, { ...page, prefix });
      const rest = `starts_with(key, $1::text) and key collate "C" > $2::text order by key collate "C" limit $3::integer`;
      const { items, last } = toPage((await readDocuments(rest, [prefix, cursor, limit + 1])).map(toDocument), limit);
      return { documents: items, ...(last && { cursor: last.key }) };
    },
    async history(key, page) {
      const { cursor = null, limit } = checkCall("history", key, { ...page, key });
      const rest = "key = $1::text and ($2::bigint is null or version < $2::bigint) order by version desc limit $3::integer";
      const { items, last } = toPage((await read(history, rest, [key, cursor, limit + 1])).map(toVersion), limit);
      return { versions: items, ...(last && { cursor: last.version }) };
    },
    async trail(page) {
      const { cursor = { key: "", version: 0 }, limit } = checkCall("trail", "", { ...page });
      const rest = `(key collate "C", version) > ($1::text, $2::integer) order by key collate "C", version limit $3::integer`;
      const rows = await read(history, rest, [cursor.key, cursor.version, limit + 1]);
      const { items, last } = toPage(rows.map(toVersion), limit);
      return { versions: items, ...(last && { cursor: `${last.version} ${last.key}` }) };
    },
  };
}

const select = `select key, version, value::text as value, author_id::text as author_id, author_name, note,
  ${toIsoTime("created_at")} as updated_at`;

/** A row of them. */
interface VersionRow {
  readonly key: string;
  readonly version: number;
  /** JSON; `null` where it was deleted. */
  readonly value: string | null;
  readonly author_id: string | null;
  readonly author_name: string | null;
  readonly note: string | null;
  readonly updated_at: string;
}

function toVersion(row: SqlRow): ConfigVersion {
  return row.value === null ? { ...toWritten(row), deleted: true } : { ...toDocument(row), deleted: false };
}

function toDocument(row: SqlRow): ConfigDocument {
  return { ...toWritten(row), value: JSON.parse(row.value as string) };
}

function toWritten(row: SqlRow): Omit<ConfigDocument, "value"> {
  const { key, version, author_id: id, author_name: name, note, updated_at: updatedAt } = row as unknown as VersionRow;
  const author = id === null && name === null ? null : { ...(id !== null && { id }), name: name ?? "unknown" };
  return { key, version, author, note, updatedAt };
}
