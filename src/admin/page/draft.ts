/** Values of fields by name. */
export type Values = Readonly<Record<string, unknown>>;

/** What somebody changed of a field: a value of its own, or none any more, so that it is inherited. */
export type Edit = { readonly isOwn: true; readonly value: unknown } | { readonly isOwn: false };

/** Changes that are not saved, and the stored version that they were made on. */
export interface Draft {
  readonly baseVersion: number | null;
  readonly baseValues: Values;
  readonly edits: Readonly<Record<string, Edit>>;
}

/** A field that a draft changes. A side that is not `isOwn` is inherited. */
export interface Difference {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly wasOwn: boolean;
  readonly isOwn: boolean;
}

// One object, so that what is worked out of no edits stays the same.
const noEdits = {};

/** A draft that changes nothing. */
export function emptyDraft(baseValues: Values, baseVersion: number | null): Draft {
  return { baseVersion, baseValues, edits: noEdits };
}

/** Whether a draft changes anything. */
export function hasEdits(draft: Draft): boolean {
  return Object.keys(draft.edits).length > 0;
}

/** Values after edits: only fields that have one of their own. */
export function applyEdits(values: Values, edits: Draft["edits"]): Values {
  const kept = Object.entries(values).filter(([field]) => !Object.hasOwn(edits, field));
  const own = Object.entries(edits).flatMap(([field, edit]) => (edit.isOwn ? [[field, edit.value] as const] : []));
  return Object.fromEntries([...kept, ...own]);
}

/** The draft with another value of a field. What is the same as before is no edit. */
export function setField(draft: Draft, field: string, value: unknown, inherited: Values): Draft {
  const wasOwn = Object.hasOwn(draft.baseValues, field);
  const isBack = isSame(value, wasOwn ? draft.baseValues[field] : inherited[field]);
  return isBack ? withoutEdit(draft, field) : withEdit(draft, field, { isOwn: true, value });
}

/** The draft in which a field has no value of its own. */
export function inheritField(draft: Draft, field: string): Draft {
  return Object.hasOwn(draft.baseValues, field) ? withEdit(draft, field, { isOwn: false }) : withoutEdit(draft, field);
}

/** The same edits on another version. */
export function rebase({ edits }: Draft, baseValues: Values, baseVersion: number | null, inherited: Values): Draft {
  return Object.entries(edits).reduce(
    (draft, [field, edit]) => (edit.isOwn ? setField(draft, field, edit.value, inherited) : inheritField(draft, field)),
    emptyDraft(baseValues, baseVersion),
  );
}

/** What lies between two sets of own values. */
export function findDifferences(before: Values, after: Values, inherited: Values): readonly Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => {
      const wasOwn = Object.hasOwn(before, field);
      const isOwn = Object.hasOwn(after, field);
      return { field, wasOwn, isOwn, before: wasOwn ? before[field] : inherited[field], after: isOwn ? after[field] : inherited[field] };
    })
    .filter((each) => each.wasOwn !== each.isOwn || !isSame(each.before, each.after));
}

/** Whether two values are the same JSON. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function withEdit(draft: Draft, field: string, edit: Edit): Draft {
  return { ...draft, edits: { ...draft.edits, [field]: edit } };
}

function withoutEdit(draft: Draft, field: string): Draft {
  return { ...draft, edits: Object.fromEntries(Object.entries(draft.edits).filter(([name]) => name !== field)) };
}
