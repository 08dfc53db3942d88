import { isNullable, type ModelFieldSchema } from "./json-schema.ts";

/** The names of a form's fields in three groups, each in the order of the table. */
export interface FormGroups {
  readonly settings: readonly string[];
  /** What may be left unset. */
  readonly optional: readonly string[];
  /** What the model does not take. */
  readonly withoutEffect: readonly string[];
}

/** Groups the fields of a form by what a person has to know of them first. */
export function toFormGroups(schemas: Readonly<Record<string, ModelFieldSchema>>): FormGroups {
  const groups = { settings: [] as string[], optional: [] as string[], withoutEffect: [] as string[] };
  for (const [name, schema] of Object.entries(schemas)) {
    groups[schema.noEffect ? "withoutEffect" : isNullable(schema) ? "optional" : "settings"].push(name);
  }
  return groups;
}
