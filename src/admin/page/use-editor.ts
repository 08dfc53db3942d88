import { useMemo, useRef, useState } from "preact/hooks";
import { announce } from "./announce.tsx";
import { ask } from "./api.ts";
import type { ApiError, Issue } from "./api-error.ts";
import {
  applyEdits,
  type Draft,
  emptyDraft,
  findDifferences,
  hasEdits,
  inheritField,
  isSame,
  rebase,
  setField,
  type Values,
} from "./draft.ts";
import type { EditedSetting, Editor, EditorRules } from "./editor.ts";
import type { Problems } from "./find-problems.ts";
import { useDraft } from "./use-draft.ts";
import { useLoaded } from "./use-loaded.ts";
import { usePreview } from "./use-preview.ts";

/** Edits a setting against what is stored. The rules must stay the same object as long as they are the same. */
export function useEditor<Stored extends EditedSetting>(rules: EditorRules<Stored>): Editor<Stored> {
  const { path, isWhole = false } = rules;
  const loaded = useLoaded(path, (signal) => ask<Stored>(path, { signal }));
  const [kept, keep] = useDraft(path);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError>();
  const [refused, setRefused] = useState<{ readonly own: Values; readonly problems: Problems }>();
  const stored = loaded.data;
  const { known, inherited } = useMemo(() => rules.read(stored), [rules, stored]);
  const initial = useMemo(() => rules.toInitial?.(inherited) ?? inherited, [rules, inherited]);
  const draft = kept !== null && hasEdits(kept) ? kept : emptyDraft(known, stored?.version ?? null);
  const isDirty = hasEdits(draft);
  const own = useMemo(
    () => ({ ...(isWhole && isDirty && initial), ...applyEdits(known, draft.edits) }),
    [isWhole, isDirty, initial, known, draft.edits],
  );
  const values = useMemo(() => ({ ...initial, ...own }), [initial, own]);
  const local = useMemo(() => rules.check(values, own), [rules, values, own]);
  const body = useMemo(() => rules.toBody(own), [rules, own]);
  const problems = refused !== undefined && refused.own === own ? { ...refused.problems, ...local } : local;
  // Handlers may be called from what was rendered before.
  const latest = useRef({ draft, values });
  latest.current = { draft, values };
  const edit = (next: Draft) => {
    latest.current = { draft: next, values: { ...initial, ...applyEdits(known, next.edits) } };
    keep(next);
  };
  const hasConflict = stored !== undefined && isDirty && draft.baseVersion !== stored.version;
  const refuse = ({ issues }: ApiError) => setRefused({ own, problems: toProblems(issues, rules.toField) });
  const preview = usePreview<Stored>({
    path,
    version: draft.baseVersion,
    body,
    isWanted: isDirty && !hasConflict && Object.keys(local).length === 0,
    fail: (error) => (error.status === 412 ? loaded.reload() : refuse(error)),
  });

  const fail = (error: ApiError) => {
    if (error.status === 412) loaded.reload();
    else {
      refuse(error);
      setFailure(error);
    }
  };
  const attempt = async (act: () => Promise<Stored>): Promise<Stored> => {
    setIsBusy(true);
    setFailure(undefined);
    try {
      const next = await act();
      keep(null);
      loaded.put(next);
      return next;
    } finally {
      setIsBusy(false);
    }
  };
  // What is stored as a whole has the same values in fields that nobody touched.
  const compare = (before: Values, after: Values) =>
    findDifferences(before, after, inherited).filter((each) => !isWhole || !isSame(each.before, each.after));
  const differences = compare(known, own);

  return {
    stored,
    error: loaded.error,
    values,
    own,
    inherited,
    edited: new Set(Object.keys(draft.edits)),
    changeCount: isWhole ? differences.length : Object.keys(draft.edits).length,
    problems,
    differences,
    preview,
    conflict: hasConflict ? compare(draft.baseValues, known) : null,
    failure,
    isBusy,
    path,
    change(next) {
      const now = latest.current;
      const changed = Object.keys({ ...now.values, ...next }).filter((field) => !isSame(now.values[field], next[field]));
      if (changed.length === 0) return;
      setFailure(undefined);
      // What a form leaves out was cleared.
      edit(changed.reduce((edited, field) => setField(edited, field, next[field] ?? null, initial), now.draft));
    },
    inherit: (field) => edit(inheritField(latest.current.draft, field)),
    discard() {
      keep(null);
      setFailure(undefined);
      announce("Your changes are gone.");
    },
    acceptNewer: () => keep(rebase(draft, known, stored?.version ?? null, initial)),
    async save(note) {
      if (Object.keys(problems).length > 0) return false;
      // Over a newer version only where that is what was asked for.
      const version = hasConflict ? (stored?.version ?? null) : draft.baseVersion;
      try {
        const next = await attempt(() => ask(path, { method: "PUT", body: { ...body, ...(note && { note }) }, version }));
        announce(`Saved as version ${next.version}.`);
        return true;
      } catch (error) {
        fail(error as ApiError);
        return false;
      }
    },
    async reset(note) {
      const body = { ...(note && { note }) };
      try {
        await attempt(() => ask(`${path}/reset`, { method: "POST", body, version: stored?.version ?? null }));
      } catch (error) {
        if ((error as ApiError).status === 412) loaded.reload();
        throw error;
      }
      announce(rules.resetText);
    },
    reload: loaded.reload,
  };
}

function toProblems(issues: readonly Issue[], toField: (place: string) => string): Problems {
  const found: Record<string, string[]> = {};
  for (const { field, message } of issues) {
    const name = toField(field);
    found[name] = [...(found[name] ?? []), message];
  }
  return found;
}
