import type { z } from "zod";
import type { Problem } from "../errors/problem.ts";

/** What a schema makes of a value. Throws what `toError` makes of all its problems at once; they never repeat a value. */
export function parseWith<Output>(schema: z.ZodType<Output>, value: unknown, toError: (problems: readonly Problem[]) => Error): Output {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data as Output;
  throw toError(error.issues.map(({ path, message }) => ({ field: path.join(".") || "(value)", message })));
}
