import { isObject } from "../basics/is-object.ts";
import type { Problem } from "../errors/problem.ts";
import { findUnknownFields } from "../errors/to-problems.ts";
import { noForm } from "../model/no-form.ts";

// The types that a form can show, by zod's names, and the one effect that changes no value.
const kinds: readonly unknown[] = [
  ...["ZodString", "ZodNumber", "ZodBoolean", "ZodNull", "ZodEnum", "ZodNativeEnum", "ZodLiteral", "ZodArray", "ZodUnion"],
  ...["ZodOptional", "ZodNullable", "ZodDefault", "ZodReadonly", "ZodBranded", "refinement"],
];

/** What keeps a value from being the zod 3 schema of a config, or titles from being those of its fields. */
export function checkZod3(schema: unknown, titles: object): readonly Problem[] {
  const reason = findReason(schema);
  if (reason !== undefined) return [{ field: "(value)", message: reason }];
  const { shape } = schema as { readonly shape: object };
  const fields = Object.entries(shape).map(([field, type]) => ({ field, kind: findUnfit(type) }));
  return [
    ...fields
      .filter(({ kind }) => kind !== undefined)
      .map(({ field, kind }) => ({
        field,
        message: `has no form (${kind}); ${noForm}`,
      })),
    ...findUnknownFields(Object.keys(titles), Object.keys(shape), ["titles"]),
  ];
}

// Told by shape, not by class: a service brings a copy of zod of its own.
function findReason(schema: unknown): string | undefined {
  if (isObject(schema) && "_zod" in schema) return "is a zod 4 schema; make its class with defineConfig()";
  const { typeName, catchall } = defOf(schema);
  if (typeName !== "ZodObject") return "must be z.object({ … }) of zod 3, with no rule and no transform around it";
  return defOf(catchall).typeName === "ZodNever" ? undefined : "must not take unknown fields; leave catchall() out";
}

/** The first part of a type that no form can show, by its name. */
function findUnfit(type: unknown): string | undefined {
  const { typeName, effect, innerType, type: inner, schema, options, value } = defOf(type);
  const kind = isObject(effect) ? effect.type : typeName;
  if (!kinds.includes(kind) || typeof value === "bigint") return String(kind ?? "no zod 3 type");
  const parts = [innerType, inner, schema, options].flat().filter((part) => part !== undefined);
  return parts.map(findUnfit).find((unfit) => unfit !== undefined);
}

function defOf(type: unknown): Readonly<Record<string, unknown>> {
  return isObject(type) && isObject(type._def) ? type._def : {};
}
