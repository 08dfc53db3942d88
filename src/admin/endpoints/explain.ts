import { defineRoute, type Route } from "../route.ts";

/** `GET explain`: why a staging would run which model with which values, for a project or for one that has no settings of its own. */
export const explain = (path: string): Route =>
  defineRoute({
    method: "GET",
    path,
    permission: "read",
    query: ["modelId"],
    async answer({ settings }, { parts, query }) {
      const modelId = query.get("modelId") ?? undefined;
      return { body: await settings.explain({ projectId: parts.project, modelId }) };
    },
  });
