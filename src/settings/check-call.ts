import { z } from "zod";
import { once } from "../basics/once.ts";
import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import { findNonJson, isWhole } from "./json.ts";
import { parseWith } from "./parse-with.ts";

const maximumValueBytes = 1_000_000;

const schemas = once(() => {
  const text = (maximum: number) => z.string().max(maximum).refine(isWhole, "holds U+0000 or half of a character; remove it");
  const line = (maximum: number) => text(maximum).regex(/^\P{Control}*$/u, "holds control characters; remove them");
  const sentence = (maximum: number) => line(maximum).regex(/\S/, "is blank");

  const key = line(255).min(1);
  const limit = z.int().min(1).max(1_000).default(100);
  const author = z.object(
    { id: z.guid("must be a uuid; leave it out where there is none").toLowerCase().optional(), name: sentence(200) },
    "must be { name } or { id, name }: every change says who made it",
  );
  const write = { key, author, note: text(2_000).nullable().default(null), expectedVersion: z.int().min(0).optional() };
  const value = z.unknown().superRefine((given, { addIssue }) => {
    const path = findNonJson(given);
    const message = "is not plain JSON of at most 100 levels: NaN, a date, undefined in a list, U+0000 …";
    if (path !== undefined) addIssue({ code: "custom", path: [...path], message });
    else if (new TextEncoder().encode(JSON.stringify(given)).length > maximumValueBytes) {
      addIssue({ code: "custom", message: `is larger than ${maximumValueBytes} bytes as JSON` });
    }
  });

  return {
    /** One of the keys of `ConfigStore.getMany`. */
    key: z.object({ key }),
    /** `ConfigStore.list`. */
    list: z.object({ prefix: line(255), cursor: line(1_000).optional(), limit }),
    /** `ConfigStore.history`. */
    history: z.object({ key, cursor: z.int().min(1).optional(), limit }),
    /** `ConfigStore.put`. */
    put: z.object({ ...write, value }),
    /** `ConfigStore.delete`. */
    delete: z.object(write),
    /** The project of any setting. */
    project: z.object({ projectId: line(128).min(1).regex(/^[^/]*$/, "holds a slash; replace it") }),
    /** `Settings.pause`. */
    pause: z.object({ reason: sentence(500) }),
  };
});

type Schemas = ReturnType<typeof schemas>;

/**
 * Checks what was asked of the settings, fills defaults in and leaves out what is none of it. Every `ConfigStore` calls it before it
 * reads or writes: `checkCall("put", key, { ...options, key, value })`.
 * @throws {InvalidSettingError} with every problem at once.
 */
export function checkCall<Name extends keyof Schemas>(name: Name, key: unknown, asked: object): z.output<Schemas[Name]> {
  return parseWith(schemas()[name], asked, (problems) => new InvalidSettingError(key, problems));
}
