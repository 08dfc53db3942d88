import { useMemo, useState } from "preact/hooks";
import type { ModelDescription } from "../../model/describe-model.ts";
import { ChangesPanel } from "./changes-panel.tsx";
import { Confirm } from "./confirm.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import { Failure, Waiting } from "./failure.tsx";
import type { FormContext } from "./form-context.ts";
import { valueText } from "./format.ts";
import { ModelForm } from "./model-form.tsx";
import { PendingBar } from "./pending-bar.tsx";
import { modelHref } from "./route.ts";
import type { ConfigEditor } from "./use-config-editor.ts";

interface SettingsTabProps {
  readonly description: ModelDescription;
  readonly editor: ConfigEditor;
  readonly projectId: string | null;
  readonly mayWrite: boolean;
}

/** The form of a model's config, and what a save would change. */
export function SettingsTab({ description, editor, projectId, mayWrite }: SettingsTabProps) {
  const [note, setNote] = useState("");
  const [isResetting, setIsResetting] = useState(false);
  const { stored, inherited, own, edited } = editor;
  const { properties } = description.jsonSchema;
  const inheritedName = projectId === null ? "default" : "inherited";
  const withoutEffect = useMemo(
    () =>
      Object.fromEntries(
        description.fields.flatMap(({ name, no_effect }) => (no_effect === undefined ? [] : [[name, no_effect] as const])),
      ),
    [description],
  );
  if (editor.error) {
    return (
      <>
        <Failure error={editor.error} retry={editor.reload} />
        <p>
          An earlier version may still work: see the <a href={modelHref({ modelId: description.modelId, projectId }, "history")}>history</a>
          .
        </p>
      </>
    );
  }
  if (!stored) return <Waiting />;
  const context: FormContext = {
    schema: description.jsonSchema,
    withoutEffect,
    origin(field) {
      const isOwn = Object.hasOwn(own, field);
      const text = isOwn ? (projectId === null ? "Set here" : "Set for this project") : inheritedFrom(field);
      return { text, isOwn, canInherit: isOwn && mayWrite && withoutEffect[field] === undefined, isEdited: edited.has(field) };
    },
    inheritText: (field) => `${projectId === null ? "Use default" : "Inherit"}: ${valueText(inherited[field], properties[field])}`,
    inherit: editor.inherit,
  };
  // Where a project inherits from: the origin of what is in force tells it, except for what the project sets itself.
  const inheritedFrom = (field: string) => {
    if (projectId === null) return "Default";
    if (stored.origins[field] === "global") return "From the global settings";
    return stored.origins[field] === "default" ? "Default" : "Inherited";
  };
  const save = async () => {
    if (await editor.save(note)) setNote("");
  };
  return (
    <div class="with-side">
      <div class="form">
        {editor.conflict && <ConflictNotice editor={editor} properties={properties} inheritedName={inheritedName} save={save} />}
        {stored.issues.length > 0 && edited.size === 0 && (
          <div class="notice bad" role="alert">
            <p>
              <strong>What is stored cannot be used.</strong> Correct it below, restore an earlier version or reset it. Until then every
              staging with this model is refused.
            </p>
            <ul>
              {stored.issues.map(({ field, message }) => (
                <li key={field + message}>
                  {properties[field]?.title ?? field}: {message}
                </li>
              ))}
            </ul>
          </div>
        )}
        {stored.unknownFields.length > 0 && (
          <p class="notice">
            Also stored, but not known to this release: {stored.unknownFields.join(", ")}. They are kept and have no effect.
          </p>
        )}
        <ModelForm
          id="config"
          description={description}
          values={editor.values}
          problems={editor.problems}
          isReadOnly={!mayWrite}
          context={context}
          onChange={editor.change}
          onSubmit={() => void (editor.changeCount > 0 && !editor.conflict && save())}
        />
        {mayWrite && stored.version !== null && Object.keys(stored.values).length > 0 && (
          <div class="form-end">
            <button type="button" class="quiet" onClick={() => setIsResetting(true)}>
              {projectId === null ? "Reset all to the defaults" : "Reset all to the global settings"}
            </button>
          </div>
        )}
      </div>
      {editor.changeCount > 0 && !editor.conflict && <PendingBar changeCount={editor.changeCount} />}
      <ChangesPanel
        editor={editor}
        properties={properties}
        inheritedName={inheritedName}
        nothingStored="every value is inherited."
        note={note}
        setNote={setNote}
        save={save}
      />
      {isResetting && (
        <Confirm
          title={projectId === null ? "Reset this model to its defaults?" : "Let this project inherit everything?"}
          action="Reset"
          ask="Note (optional)"
          act={editor.reset}
          onClose={() => setIsResetting(false)}
        >
          <p>Every value that is set here goes away, and so do your unsaved changes. You can restore this version from the history.</p>
        </Confirm>
      )}
    </div>
  );
}
