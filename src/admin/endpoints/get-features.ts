import { findAuthor } from "../authorise.ts";
import { defineRoute } from "../route.ts";

/** `GET features`: what this handler can do, and what the person who asks may do. */
export const getFeatures = defineRoute({
  method: "GET",
  path: "features",
  permission: "read",
  async answer({ authorize, client, budgets }, { request, author }) {
    const [write, spend] = await Promise.all([findAuthor(authorize, request, "write"), findAuthor(authorize, request, "spend")]);
    const may = { write: write !== null, spend: spend !== null };
    return { body: { canTry: client !== undefined, hasBudgets: budgets !== undefined, may, author: author.name } };
  },
});
