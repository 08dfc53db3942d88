import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import { parseWith } from "../errors/parse-with.ts";
import { findNonJson, isWhole } from "./json.ts";

const schemas = once(() => {
  const broken = "holds control or broken characters; remove them";
  const line = (maximum: number) =>
    z
      .string()
      .max(maximum)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, broken);
  const sentence = (maximum: number) => line(maximum).regex(/\S/, "is blank");

  const key = line(255).min(1);
  // Other programs may have written the key it holds.
  const cursor = z.string().max(1_000).refine(isWhole, broken);
  const count = z.int().min(1);
  const limit = count.max(1_000).default(100);
  const author = z.object(
    { id: z.guid("must be a uuid, or left out").toLowerCase().optional(), name: sentence(200) },
    "must be { name } or { id, name }",
  );
  const write = {
    key,
    author,
    note: z.string().max(2_000).refine(isWhole, broken).nullable().default(null),
    expectedVersion: z.int().min(0).optional(),
  };
  const value = z.unknown().superRefine((given, { addIssue }) => {
    const place = findNonJson(given) ?? (isLarge(given) ? [] : undefined);
    const message = "must be plain JSON without U+0000, up to 100 levels and 1 MB";
    if (place !== undefined) addIssue({ code: "custom", path: [...place], message });
  });

  return {
    /** One of the keys of `ConfigStore.getMany`. */
    key: z.object({ key }),
    /** `ConfigStore.list`. */
    list: z.object({ prefix: line(255), cursor: cursor.optional(), limit }),
    /** `ConfigStore.history`. */
    history: z.object({ key, cursor: count.optional(), limit }),
    /** `ConfigStore.trail`. The cursor is the last version and its key: `3 active_model`. */
    trail: z.object({
      limit,
      cursor: cursor
        .regex(/^[1-9]\d{0,8} ./su, "must be the cursor of the page before")
        .transform((text) => ({ version: Number.parseInt(text, 10), key: text.slice(text.indexOf(" ") + 1) }))
        .optional(),
    }),
    /** `ConfigStore.put`. */
    put: z.object({ ...write, value }),
    /** `ConfigStore.delete`. */
    delete: z.object(write),
    /** The project of any setting. */
    project: z.object({
      projectId: line(128)
        .min(1)
        .regex(/^[^/]*$/, "holds a slash; replace it"),
    }),
    /** `Settings.pause`. */
    pause: z.object({ reason: sentence(500) }),
  };
});

function isLarge(json: unknown): boolean {
  return new TextEncoder().encode(JSON.stringify(json)).length > 1_000_000;
}

type Schemas = ReturnType<typeof schemas>;

/**
 * Checks what was asked of the settings, fills defaults in and leaves out what is none of it. Every `ConfigStore` calls it before it
 * reads or writes: `checkCall("put", key, { ...options, key, value })`.
 * @throws {InvalidSettingError} with every problem at once.
 */
export function checkCall<Name extends keyof Schemas>(name: Name, key: unknown, asked: object): z.output<Schemas[Name]> {
  const table: { readonly [Each in keyof Schemas]: z.ZodType<z.output<Schemas[Each]>> } = schemas();
  return parseWith(table[name], asked, (problems) => new InvalidSettingError(key, problems));
}
