import type { z } from "zod";
import { InvalidRequestError } from "./invalid-request-error.ts";
import type { Problem } from "./problem.ts";
import { toProblems } from "./to-problems.ts";

/**
 * What a schema makes of a value. Throws what `toError` makes of all its problems at once, by default an `InvalidRequestError`; they
 * never repeat a value.
 */
export function parseWith<Output>(
  schema: z.ZodType<Output>,
  value: unknown,
  toError = (problems: readonly Problem[]): Error => new InvalidRequestError(problems),
): Output {
  const { data, error } = schema.safeParse(value);
  if (error) throw toError(toProblems(error.issues));
  return data as Output;
}
