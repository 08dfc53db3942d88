import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Announcements } from "./announce.tsx";
import { Later } from "./later.tsx";
import { ModelsView } from "./models-view.tsx";
import { PauseBanner } from "./pause-control.tsx";
import { ProjectsView } from "./projects-view.tsx";
import { type Route, useRoute } from "./route.ts";
import { SignIn } from "./sign-in.tsx";

const loadModelView = () => import("./model-view.tsx").then((module) => module.ModelView);
const loadProjectView = () => import("./project-view.tsx").then((module) => module.ProjectView);
const loadCostsView = () => import("./costs-view.tsx").then((module) => module.CostsView);

const places = [
  ["models", "Models"],
  ["projects", "Projects"],
  ["costs", "Costs"],
] as const;

/** The whole page. */
export function App() {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  // Only what leads elsewhere: a tab of the same view keeps the focus where it is.
  const place = JSON.stringify({ ...route, tab: undefined });
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [place]);
  const section = "projectId" in route && route.projectId !== null ? "projects" : route.view === "model" ? "models" : route.view;
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <header class="top">
        <div class="inner">
          <a class="brand" href="#/">
            <Mark />
            Restage
          </a>
          <nav aria-label="Main">
            {places.map(([view, text]) => (
              <a key={view} href={`#/${view}`} aria-current={section === view ? "page" : undefined}>
                {text}
              </a>
            ))}
          </nav>
        </div>
      </header>
      <main ref={main} tabIndex={-1}>
        <PauseBanner projectId={null} />
        <View route={route} />
      </main>
      <SignIn />
      <Announcements />
    </>
  );
}

function View({ route }: { readonly route: Route }): ComponentChildren {
  switch (route.view) {
    case "models":
      return <ModelsView />;
    case "model":
      return <Later key={`${route.projectId} ${route.modelId}`} load={loadModelView} props={route} />;
    case "projects":
      return <ProjectsView />;
    case "project":
      return <Later key={route.projectId} load={loadProjectView} props={route} />;
    case "costs":
      return <Later load={loadCostsView} props={{}} />;
    case "missing":
      return (
        <>
          <h1>Nothing is here</h1>
          <p>
            The address leads nowhere. Go to <a href="#/">the models</a>.
          </p>
        </>
      );
  }
}

/** A house with a sofa's line: drawn, so that nothing is loaded. */
function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path d="M3 11 12 4l9 7v9H3z" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round" />
      <path d="M7.5 17v-3h9v3" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
