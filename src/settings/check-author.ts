import type { Problem } from "../errors/problem.ts";
import type { Author } from "./config-store.ts";
import { findTextProblem } from "./find-text-problem.ts";

const maximumNameLength = 200;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with an author: it needs a name, and its id, when there is one, must be a uuid. */
export function findAuthorProblems(author: unknown): readonly Problem[] {
  if (author === null || typeof author !== "object") {
    return [{ field: "author", message: "is missing; every change says who made it, as { name } or { id, name }" }];
  }
  const { id, name } = author as { readonly id?: unknown; readonly name?: unknown };
  const blank = typeof name === "string" && name.trim() === "" ? "is blank" : undefined;
  const nameProblem = blank ?? findTextProblem(name, maximumNameLength);
  const isId = id === undefined || (typeof id === "string" && uuid.test(id));
  return [
    ...(isId ? [] : [{ field: "author.id", message: "must be a uuid; leave it out where there is none" }]),
    ...(nameProblem === undefined ? [] : [{ field: "author.name", message: nameProblem }]),
  ];
}

/** The author as it is stored: its uuid in lower case, nothing else than id and name. */
export function toAuthor({ id, name }: Author): Author {
  return Object.freeze(id === undefined ? { name } : { id: id.toLowerCase(), name });
}
