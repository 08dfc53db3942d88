import { useMemo, useRef, useState } from "preact/hooks";
import type { ModelDescription } from "../../model/describe-model.ts";
import { announce } from "./announce.tsx";
import { ask } from "./api.ts";
import type { ApiError } from "./api-error.ts";
import type { StoredConfig } from "./api-types.ts";
import {
  applyEdits,
  type Difference,
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
import { findProblems, type Problems, toField } from "./find-problems.ts";
import { configPath, type Scope } from "./paths.ts";
import { useDraft } from "./use-draft.ts";
import { useLoaded } from "./use-loaded.ts";
import { usePreview } from "./use-preview.ts";

/** The state of editing a config, and what can be done. */
export interface ConfigEditor {
  readonly stored: StoredConfig | undefined;
  readonly error: ApiError | undefined;
  /** All fields as they would be. */
  readonly values: Values;
  /** The fields with a value of their own, as they would be stored. */
  readonly own: Values;
  readonly inherited: Values;
  readonly edited: ReadonlySet<string>;
  readonly changeCount: number;
  readonly problems: Problems;
  /** What a save would do to what is stored. */
  readonly differences: readonly Difference[];
  /** What the server says of it. */
  readonly preview: StoredConfig | undefined;
  /** What others saved since the first edit; `null` where nobody did. */
  readonly conflict: readonly Difference[] | null;
  readonly failure: ApiError | undefined;
  readonly isBusy: boolean;
  readonly path: string;
  change(values: Values): void;
  inherit(field: string): void;
  discard(): void;
  /** Puts the edits on the version that is stored now. */
  acceptNewer(): void;
  /** Saves, and says whether it went well. */
  save(note: string): Promise<boolean>;
  reset(note: string): Promise<void>;
  reload(): void;
}

const nothing: Values = {};

/** Edits the config of a model or of a project, against what is stored. */
export function useConfigEditor(scope: Scope, description: ModelDescription | undefined): ConfigEditor {
  const path = configPath(scope);
  const loaded = useLoaded(path, (signal) => ask<StoredConfig>(path, { signal }));
  const [kept, keep] = useDraft(path);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError>();
  const [refused, setRefused] = useState<{ readonly own: Values; readonly problems: Problems }>();
  const stored = loaded.data;
  const known = useMemo(() => pick(stored?.values ?? nothing, description), [stored, description]);
  const inherited = stored?.inherited ?? description?.defaults ?? nothing;
  const draft = kept !== null && hasEdits(kept) ? kept : emptyDraft(known, stored?.version ?? null);
  const own = useMemo(() => applyEdits(known, draft.edits), [known, draft.edits]);
  const values = useMemo(() => ({ ...description?.defaults, ...inherited, ...own }), [description, inherited, own]);
  const local = useMemo(() => (description ? findProblems(description.jsonSchema, values) : {}), [description, values]);
  const problems = refused !== undefined && refused.own === own ? { ...refused.problems, ...local } : local;
  // Handlers may be called from what was rendered before.
  const latest = useRef({ draft, values });
  latest.current = { draft, values };
  const edit = (next: Draft) => {
    latest.current = { draft: next, values: { ...description?.defaults, ...inherited, ...applyEdits(known, next.edits) } };
    keep(next);
  };
  const isDirty = hasEdits(draft);
  const hasConflict = stored !== undefined && isDirty && draft.baseVersion !== stored.version;
  const preview = usePreview({
    path,
    version: draft.baseVersion,
    values: own,
    isWanted: isDirty && !hasConflict && Object.keys(local).length === 0,
    fail: (error) => {
      if (error.status === 412) loaded.reload();
      else setRefused({ own, problems: toProblems(error) });
    },
  });

  const fail = (error: ApiError) => {
    if (error.status === 412) loaded.reload();
    else {
      setRefused({ own, problems: toProblems(error) });
      setFailure(error);
    }
  };
  const attempt = async (act: () => Promise<StoredConfig>): Promise<StoredConfig> => {
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

  return {
    stored,
    error: loaded.error,
    values,
    own,
    inherited,
    edited: new Set(Object.keys(draft.edits)),
    changeCount: Object.keys(draft.edits).length,
    problems,
    differences: findDifferences(known, own, inherited),
    preview,
    conflict: hasConflict ? findDifferences(draft.baseValues, known, inherited) : null,
    failure,
    isBusy,
    path,
    change(next) {
      const now = latest.current;
      const changed = Object.keys({ ...now.values, ...next }).filter((field) => !isSame(now.values[field], next[field]));
      if (changed.length === 0) return;
      setFailure(undefined);
      // What a form leaves out was cleared.
      edit(changed.reduce((edited, field) => setField(edited, field, next[field] ?? null, inherited), now.draft));
    },
    inherit: (field) => edit(inheritField(latest.current.draft, field)),
    discard() {
      keep(null);
      setFailure(undefined);
      announce("Your changes are gone.");
    },
    acceptNewer: () => keep(rebase(draft, known, stored?.version ?? null, inherited)),
    async save(note) {
      if (Object.keys(problems).length > 0) return false;
      const body = { values: own, ...(note && { note }) };
      // Over a newer version only where that is what was asked for.
      const version = stored?.version ?? null;
      try {
        const next = await attempt(() => ask(path, { method: "PUT", body, version: hasConflict ? version : draft.baseVersion }));
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
      announce("Reset. Every value is inherited again.");
    },
    reload: loaded.reload,
  };
}

/** Only fields of the form: the server keeps others by itself. */
function pick(values: Values, description: ModelDescription | undefined): Values {
  if (description === undefined) return values;
  return Object.fromEntries(Object.entries(values).filter(([field]) => Object.hasOwn(description.jsonSchema.properties, field)));
}

function toProblems({ issues }: ApiError): Problems {
  const found: Record<string, string[]> = {};
  for (const { field, message } of issues) {
    const name = toField(field);
    found[name] = [...(found[name] ?? []), message];
  }
  return found;
}
