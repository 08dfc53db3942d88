import type { Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

/** The base of every error that lists problems, all of them at once: a line each, under a heading. */
export abstract class ProblemsError extends RestageError {
  declare readonly problems: readonly Problem[];

  /** `wayOut` is said after the problems, where they do not tell it. */
  constructor(heading: string, problems: readonly Problem[], details: object = {}, wayOut = "") {
    const lines = problems.map(({ field, message }) => `\n- ${field}: ${message}`);
    super(`${heading}:${lines.join("")}${wayOut}`, { ...details, problems });
  }
}
