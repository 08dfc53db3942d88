import { useState } from "preact/hooks";
import type { FormProperty } from "../../model/form-schema.ts";
import type { SettingChange } from "../../settings/read-history.ts";
import { announce } from "./announce.tsx";
import { ask } from "./api.ts";
import type { History, Version } from "./api-types.ts";
import { Arrow } from "./arrow.tsx";
import { Confirm } from "./confirm.tsx";
import { Failure, Waiting } from "./failure.tsx";
import { timeAgo, valueText } from "./format.ts";
import { useLoaded } from "./use-loaded.ts";

interface HistoryListProps {
  /** The setting, such as `settings/model`. */
  readonly path: string;
  readonly properties?: Readonly<Record<string, FormProperty>>;
  /** The fields of what is no config. Default: it is shown as a whole. */
  readonly toChanges?: (change: SettingChange) => readonly SettingChange[];
  /** What is shown where nothing is stored. */
  readonly inheritedName: string;
  readonly mayWrite: boolean;
  /** Called when an old version was restored. */
  onChange(): void;
}

/** All versions of a setting, newest first; each can be restored. */
export function HistoryList({
  path,
  properties = {},
  toChanges = (change) => [change],
  inheritedName,
  mayWrite,
  onChange,
}: HistoryListProps) {
  const history = useLoaded(path, (signal) => ask<History>(`${path}/history`, { signal }));
  const [older, setOlder] = useState<readonly History[]>([]);
  const [chosen, setChosen] = useState<Version>();
  if (history.error) return <Failure error={history.error} retry={history.reload} />;
  if (!history.data) return <Waiting />;
  const versions = [history.data, ...older].flatMap((page) => page.versions);
  const next = [history.data, ...older].at(-1)?.cursor;
  const newest = versions[0];
  const restore = async (note: string) => {
    const version = newest === undefined || newest.isDeletion ? null : newest.version;
    const body = { version: chosen?.version, ...(note && { note }) };
    try {
      const now = await ask<{ readonly version: number | null }>(`${path}/rollback`, { method: "POST", body, version });
      announce(
        now.version === null
          ? `Version ${chosen?.version} is restored.`
          : `Version ${chosen?.version} is restored as version ${now.version}.`,
      );
      onChange();
    } finally {
      setOlder([]);
      history.reload();
    }
  };
  const showOlder = async () => {
    try {
      setOlder([...older, await ask<History>(`${path}/history?cursor=${next}`)]);
    } catch (error) {
      announce((error as Error).message);
    }
  };
  if (versions.length === 0) return <p class="empty">Nothing was stored here yet. The first save makes version 1.</p>;
  return (
    <>
      <ol class="history">
        {versions.map((version, index) => (
          <li key={version.version}>
            <div class="version-head">
              <strong>Version {version.version}</strong>
              {index === 0 && <span class="badge good">Current</span>}
              <span class="soft">
                {version.isDeletion ? "Reset" : "Stored"}{" "}
                <time dateTime={version.at} title={new Date(version.at).toLocaleString()}>
                  {timeAgo(version.at)}
                </time>
                {version.author && ` by ${version.author.name}`}
              </span>
              {index > 0 && mayWrite && (
                <button type="button" class="small" onClick={() => setChosen(version)} aria-label={`Restore version ${version.version}`}>
                  Restore
                </button>
              )}
            </div>
            {version.note && <p class="note">{version.note}</p>}
            <ul class="differences">
              {version.changes.flatMap(toChanges).map((change) => (
                <li key={change.field}>
                  <span class="what">{properties[change.field]?.title ?? (change.field === "(value)" ? "Model" : change.field)}</span>
                  <span class="sides">
                    <del>
                      <span class="unseen">from </span>
                      {"before" in change ? valueText(change.before, properties[change.field]) : inheritedName}
                    </del>
                    <Arrow />
                    <ins>
                      <span class="unseen">to </span>
                      {"after" in change ? valueText(change.after, properties[change.field]) : inheritedName}
                    </ins>
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {next !== undefined && (
        <button type="button" onClick={showOlder}>
          Show older versions
        </button>
      )}
      {chosen && (
        <Confirm
          title={`Restore version ${chosen.version}?`}
          action="Restore"
          ask="Note (optional)"
          act={restore}
          onClose={() => setChosen(undefined)}
        >
          <p>Its values become the newest version. Nothing is lost: the versions in between stay in this list.</p>
        </Confirm>
      )}
    </>
  );
}
