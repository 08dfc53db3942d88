import type { ResolvedField } from "../../settings/resolve-config.ts";
import { toTable } from "../table.ts";
import type { Style } from "../terminal.ts";

/** A value for people. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return "unset";
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}

/** Where a stored thing comes from: `global, version 3`. */
export function formatOrigin({ origin, version }: Pick<ResolvedField, "origin" | "version">): string {
  return version === null ? origin : `${origin}, version ${version}`;
}

/** The fields of a config in force. What was set stands out from what is the model's default. */
export function toFieldTable(fields: readonly (ResolvedField & { readonly note?: string | null })[], { bold, dim }: Style): string {
  const rows = fields.map(({ field, value, origin, version, sent, note }) => [
    `  ${field}`,
    origin === "default" ? formatValue(value) : bold(formatValue(value)),
    origin === "default" ? dim(origin) : formatOrigin({ origin, version }),
    dim(note ?? (value === null || sent ? "" : "not sent: no effect on this model")),
  ]);
  return toTable([["  FIELD", "VALUE", "FROM", ""].map(dim), ...rows]);
}
