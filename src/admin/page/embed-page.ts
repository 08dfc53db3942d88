import type { Plugin } from "esbuild";
import { buildPage } from "./build-page.ts";

/** Puts the built page in the place of the module that builds it: hosts build nothing, and bundlers carry it along. */
export const embedPage: Plugin = {
  name: "embed-page",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]src[\\/]admin[\\/]page[\\/]page-files\.ts$/ }, async () => ({
      contents: `export const pageFiles = async () => (${JSON.stringify(await buildPage())});`,
      loader: "js",
    })),
};
