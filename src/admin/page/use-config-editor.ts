import { useMemo } from "preact/hooks";
import type { ModelDescription } from "../../model/describe-model.ts";
import type { StoredConfig } from "./api-types.ts";
import type { Values } from "./draft.ts";
import type { Editor } from "./editor.ts";
import { findProblems, toField } from "./find-problems.ts";
import { configPath, type Scope } from "./paths.ts";
import { useEditor } from "./use-editor.ts";

/** The state of editing a config, and what can be done. */
export type ConfigEditor = Editor<StoredConfig>;

/** Edits the config of a model or of a project, against what is stored. */
export function useConfigEditor(scope: Scope, description: ModelDescription | undefined): ConfigEditor {
  const path = configPath(scope);
  return useEditor(
    useMemo(
      () => ({
        path,
        read: (stored: StoredConfig | undefined) => ({
          known: pick(stored?.values ?? {}, description),
          inherited: { ...description?.defaults, ...stored?.inherited },
        }),
        check: (values: Values) => (description ? findProblems(description.jsonSchema, values) : {}),
        toBody: (own: Values) => ({ values: own }),
        toField,
        resetText: "Reset. Every value is inherited again.",
      }),
      [path, description],
    ),
  );
}

/** Only fields of the form: the server keeps others by itself. */
function pick(values: Values, description: ModelDescription | undefined): Values {
  if (description === undefined) return values;
  return Object.fromEntries(Object.entries(values).filter(([field]) => Object.hasOwn(description.jsonSchema.properties, field)));
}
