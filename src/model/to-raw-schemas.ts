import { z } from "../basics/z.ts";
import type { RawSchema } from "./json-schema.ts";

/** The draft-07 schemas that zod writes for some fields; `{}` for one that JSON has no form for. */
export function toRawSchemas(fields: z.ZodRawShape): Readonly<Record<string, RawSchema>> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toRawSchema(field)]));
}

function toRawSchema(field: z.core.$ZodType): RawSchema {
  try {
    return z.toJSONSchema(field, {
      target: "draft-7",
      io: "input",
      // A schema with an id would become a reference.
      metadata: { get: (schema: z.core.$ZodType) => ({ ...z.globalRegistry.get(schema), id: undefined }) } as never,
      override: ({ zodSchema: { _zod }, jsonSchema }) => {
        // zod describes what goes in, and says nothing of what comes out or is refused.
        if (/^(pipe|catch|promise|lazy|file)$/.test(_zod.def.type)) throw _zod.def.type;
        // A pattern has no flags, and formats are other patterns in each zod.
        if (rulesOf(_zod.def).some(({ format = "regex", pattern }) => format !== "regex" || pattern?.flags.replace("u", "")))
          delete jsonSchema.pattern;
      },
    }) as RawSchema;
  } catch {
    return {};
  }
}

interface Rule {
  readonly format?: string;
  readonly pattern?: RegExp;
}

function rulesOf(def: z.core.$ZodTypeDef): readonly Rule[] {
  return [def as Rule, ...(def.checks ?? []).map(({ _zod }) => _zod.def as Rule)];
}
