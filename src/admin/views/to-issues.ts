import type { Problem } from "../../errors/problem.ts";
import { RestageError } from "../../errors/restage-error.ts";

/** What an error says is wrong, by field. Throws on what is no error of this library. */
export function toIssues(error: unknown): readonly Problem[] {
  if (!RestageError.is(error)) throw error;
  const { problems = [{ field: "(value)", message: error.message }] } = error as { readonly problems?: readonly Problem[] };
  return problems;
}

/** Why a model cannot run, in one line. */
export function toRefusal(error: unknown): string {
  return toIssues(error)
    .map(({ field, message }) => (field === "modelId" || field === "(value)" ? message : `${field}: ${message}`))
    .join("; ");
}
