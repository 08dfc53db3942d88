import { once } from "../../basics/once.ts";
import { pageFiles } from "./page-files.ts";

/** A file of the page, as it is served. */
export interface PageFile {
  readonly body: string;
  readonly contentType: string;
}

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

const files = once(pageFiles);

/** A file of the page: `index.html`, in which `{{base}}` stands for the way to the base path, or the name of an asset. */
export async function readPageFile(name: string): Promise<PageFile | undefined> {
  const all = await files();
  const body = Object.hasOwn(all, name) ? all[name] : undefined;
  return body === undefined ? undefined : { body, contentType: types[name.split(".").at(-1) ?? ""] ?? "text/plain; charset=utf-8" };
}
