import { useEffect, useState } from "preact/hooks";
import { decode } from "./decode.ts";
import { modelPath, type Scope } from "./paths.ts";

/** The parts of a model's view. */
export const tabs = ["settings", "try", "price", "history"] as const;

/** One of them. */
export type Tab = (typeof tabs)[number];

/** Where in the page somebody is. */
export type Route =
  | { readonly view: "models" | "projects" | "costs" | "missing" }
  | { readonly view: "project"; readonly projectId: string }
  | ({ readonly view: "model"; readonly tab: Tab } & Scope);

const idPattern = /^[a-z0-9][\w.-]*\/[a-z0-9][\w.-]*$/i;

/** The route of a hash such as `#/models/qwen/qwen-image-edit/history`. */
export function parseRoute(hash: string): Route {
  const parts = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .filter(Boolean)
    .map(decode);
  const [first = "models", second] = parts;
  // In an address, these would lead out of where they stand.
  if (parts.some((part) => part === "." || part === "..")) return { view: "missing" };
  if (first === "projects" && second !== undefined) {
    return parts.length === 2 ? { view: "project", projectId: second } : toModel(parts.slice(2), second);
  }
  if (first === "models" && second !== undefined) return toModel(parts, null);
  return first === "models" || first === "projects" || first === "costs" ? { view: first } : { view: "missing" };
}

function toModel([room, owner = "", name = "", tab = "settings", ...rest]: readonly string[], projectId: string | null): Route {
  const known = tabs.find((each) => each === tab);
  const modelId = `${owner}/${name}`;
  if (room !== "models" || known === undefined || rest.length > 0 || !idPattern.test(modelId)) return { view: "missing" };
  // A price is the same for all projects.
  if (known === "price" && projectId !== null) return { view: "missing" };
  return { view: "model", modelId, projectId, tab: known };
}

/** The address of a model's view. */
export function modelHref({ modelId, projectId }: Scope, tab: Tab = "settings"): string {
  const owner = projectId === null ? "" : `/projects/${encodeURIComponent(projectId)}`;
  return `#${owner}/${modelPath(modelId)}${tab === "settings" ? "" : `/${tab}`}`;
}

/** The address of a project's view. */
export function projectHref(projectId: string): string {
  return `#/projects/${encodeURIComponent(projectId)}`;
}

/** The route now, and on every change. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const listen = () => setHash(location.hash);
    addEventListener("hashchange", listen);
    // It may have changed before anybody listened.
    listen();
    return () => removeEventListener("hashchange", listen);
  }, []);
  return parseRoute(hash);
}
