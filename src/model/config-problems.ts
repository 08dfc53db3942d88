import type { z } from "zod";
import type { Problem } from "../errors/problem.ts";

/** zod's issues as problems: one for each unknown field, with the names that would be known. Values are never repeated. */
export function toConfigProblems(issues: readonly z.core.$ZodIssue[], fieldNames: readonly string[]): readonly Problem[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0
      ? issue.keys.map((key) => unknownField(key, fieldNames))
      : [{ field: issue.path.map(String).join(".") || "(config)", message: issue.message }],
  );
}

/** The problem of a field that a config class does not have. */
export function unknownField(name: string, fieldNames: readonly string[]): Problem {
  return { field: name.slice(0, 100), message: `Unknown field. Known fields: ${fieldNames.join(", ")}` };
}
