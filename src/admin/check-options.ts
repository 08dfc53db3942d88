import { isObject } from "../basics/is-object.ts";
import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { parseWith } from "../errors/parse-with.ts";

const toSchema = once(() =>
  z.object({
    settings: z.custom(isObject, "must be what createSettings(…) gives"),
    runs: z.custom(isObject, "must be a RunStore, such as postgresRunStore(…)"),
    authorize: z.custom((given) => typeof given === "function", "is missing: without it everybody could change the settings"),
    basePath: z.string().regex(/^[\w.~/-]*$/, "may hold letters, digits, - . _ ~ and slashes"),
    allowedOrigins: z.array(z.string().refine(isOrigin, "must be an origin, such as https://admin.example.com")),
  }),
);

/**
 * Checks what an admin handler is made of.
 * @throws {InvalidRequestError} with every problem at once.
 */
export function checkOptions(options: object): void {
  parseWith(toSchema(), options);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && text !== "null";
}
