import { useState } from "preact/hooks";
import { ask } from "./api.ts";
import { Failure, Waiting } from "./failure.tsx";
import { projectHref } from "./route.ts";
import { useLoaded } from "./use-loaded.ts";
import { useTitle } from "./use-title.ts";

interface ProjectList {
  readonly projects: readonly { readonly id: string }[];
  readonly cursor?: string;
}

/** Projects with settings of their own. */
export function ProjectsView() {
  useTitle("Projects");
  const [projectId, setProjectId] = useState("");
  const [older, setOlder] = useState<readonly { readonly id: string }[]>([]);
  const [cursor, setCursor] = useState<string | null>();
  const list = useLoaded("projects", (signal) => ask<ProjectList>("projects", { signal }));
  const next = cursor === undefined ? list.data?.cursor : (cursor ?? undefined);
  const more = async () => {
    const page = await ask<ProjectList>(`projects?cursor=${encodeURIComponent(next ?? "")}`);
    setOlder([...older, ...page.projects]);
    setCursor(page.cursor ?? null);
  };
  const open = (event: Event) => {
    event.preventDefault();
    location.hash = projectHref(projectId.trim());
  };
  const projects = [...(list.data?.projects ?? []), ...older];
  return (
    <>
      <h1>Projects</h1>
      <p class="lead">A project inherits the global settings. Here you see and change where it differs.</p>
      <form class="open-project" onSubmit={open}>
        <label class="stacked">
          <span class="label">Project id</span>
          <input
            type="text"
            required
            maxLength={128}
            pattern="[^\/]+"
            placeholder="Any project, also one without settings of its own"
            value={projectId}
            onInput={({ currentTarget }) => setProjectId(currentTarget.value)}
          />
        </label>
        <button type="submit">Open</button>
      </form>
      <h2>With settings of their own</h2>
      {list.error && <Failure error={list.error} retry={list.reload} />}
      {!list.data && !list.error && <Waiting />}
      {list.data && projects.length === 0 && <p class="empty">No project differs from the global settings yet.</p>}
      {projects.length > 0 && (
        <ul class="rows">
          {projects.map(({ id }) => (
            <li key={id}>
              <a href={projectHref(id)}>{id}</a>
            </li>
          ))}
        </ul>
      )}
      {next && (
        <button type="button" onClick={more}>
          Show more
        </button>
      )}
    </>
  );
}
