import type { Problem } from "./problem.ts";

/** What zod reports, as far as problems need it: `keys` are the unknown ones. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

/**
 * zod's issues as problems, under `prefix` where that is given: an unknown field is a problem of its own that names the known ones.
 * zod's messages name what is legal and never repeat a value.
 */
export function toProblems(
  issues: readonly Issue[],
  knownFields: readonly string[] = [],
  prefix: readonly PropertyKey[] = [],
): readonly Problem[] {
  return issues.flatMap(({ path, message, keys }): readonly Problem[] => {
    const place = [...prefix, ...path];
    return keys === undefined ? [{ field: toField(place), message }] : findUnknownFields(keys, path.length === 0 ? knownFields : [], place);
  });
}

/** The fields that are not among the known ones, each as a problem at `place`. */
export function findUnknownFields(
  given: readonly string[],
  knownFields: readonly string[],
  place: readonly PropertyKey[] = [],
): readonly Problem[] {
  const known = knownFields.length === 0 ? "" : `. Known fields: ${knownFields.join(", ")}`;
  const unknown = given.filter((name) => !knownFields.includes(name));
  return unknown.map((name) => ({ field: toField([...place, name]), message: `Unknown field${known}` }));
}

// `furniture.add[2]`. A key that does not look like one may be a text of the caller.
function toField(path: readonly PropertyKey[]): string {
  const parts = path.map((part) =>
    typeof part === "number" ? `[${part}]` : `.${/^[\w/:-]{1,100}$/.test(String(part)) ? String(part) : "(unknown)"}`,
  );
  return parts.join("").replace(/^\./, "") || "(value)";
}
