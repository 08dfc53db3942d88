import { useEffect, useRef } from "preact/hooks";
import type { FormProperty } from "../../model/form-schema.ts";
import { ask } from "./api.ts";
import type { History } from "./api-types.ts";
import { DifferenceList } from "./difference-list.tsx";
import type { Editor } from "./editor.ts";
import { timeAgo } from "./format.ts";
import { useFeatures } from "./use-features.ts";
import { useLoaded } from "./use-loaded.ts";

interface ConflictNoticeProps {
  readonly editor: Editor;
  readonly properties: Readonly<Record<string, FormProperty>>;
  readonly inheritedName: string;
  save(): void;
}

/** Says that somebody else saved in the meantime, what they changed, and what can be done; nothing that was typed is lost. */
export function ConflictNotice({ editor, properties, inheritedName, save }: ConflictNoticeProps) {
  const { stored, conflict, edited, isBusy, problems } = editor;
  const notice = useRef<HTMLElement>(null);
  const version = stored?.version ?? null;
  const history = useLoaded(`${editor.path} ${version}`, (signal) => ask<History>(`${editor.path}/history?limit=1`, { signal }));
  const author = useFeatures()?.author;
  const last = history.data?.versions[0];
  useEffect(() => notice.current?.focus(), []);
  if (conflict === null) return null;
  const name = last?.author?.name;
  const who = name === undefined ? "Somebody" : name === author ? "You" : name;
  const both = conflict.filter(({ field }) => edited.has(field)).map(({ field }) => properties[field]?.title ?? field);
  return (
    <section ref={notice} tabIndex={-1} class="notice warn conflict" role="alert" aria-labelledby="conflict-title">
      <h2 id="conflict-title">{who} saved a newer version</h2>
      <p>
        {last && `Version ${last.version}, ${timeAgo(last.at)}${last.note ? `: “${last.note}”` : ""}. `}
        Everything you typed is still here.
      </p>
      <details>
        <summary>See what changed</summary>
        {conflict.length === 0 ? (
          <p>The values are the same as before.</p>
        ) : (
          <DifferenceList differences={conflict} properties={properties} inheritedName={inheritedName} />
        )}
      </details>
      <p>
        {both.length === 0
          ? "You changed other fields, so both fit together."
          : `Both of you changed ${both.join(" and ")}. If you save, yours counts.`}
      </p>
      <div class="actions">
        <button type="button" class="primary" disabled={isBusy || Object.keys(problems).length > 0} onClick={save}>
          Save mine over it
        </button>
        <button type="button" disabled={isBusy} onClick={editor.acceptNewer}>
          Keep editing
        </button>
        <button type="button" disabled={isBusy} onClick={editor.discard}>
          Discard mine
        </button>
      </div>
    </section>
  );
}
