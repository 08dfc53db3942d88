import { z } from "../basics/z.ts";
import type { RawSchema } from "./json-schema.ts";

/** The draft-07 schemas that zod writes for some fields; `{}` for one that JSON has no form for. */
export function toRawSchemas(fields: z.ZodRawShape): Readonly<Record<string, RawSchema>> {
  const { properties = {} } = z.toJSONSchema(z.strictObject(fields), {
    target: "draft-7",
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      // zod describes what goes in, and says nothing of what comes out or is refused.
      if (/^(pipe|transform|catch|lazy|custom|file)$/.test(zodSchema._zod.def.type))
        for (const keyword in jsonSchema) delete jsonSchema[keyword as "type"];
    },
  });
  return properties as Record<string, RawSchema>;
}
