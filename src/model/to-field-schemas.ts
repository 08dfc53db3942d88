import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import type { Problem } from "../errors/problem.ts";
import { canonicalise } from "./canonicalise.ts";
import type { FieldJsonSchema, RawSchema } from "./json-schema.ts";
import { noForm } from "./no-form.ts";
import { toLabel } from "./to-label.ts";

/**
 * The canonical schemas of a config's fields, each with a title.
 * @throws {InvalidConfigError} naming every field that no form can show, or when there is no field.
 */
export function toFieldSchemas(configName: string, raw: Readonly<Record<string, RawSchema>>): Readonly<Record<string, FieldJsonSchema>> {
  const problems: Problem[] = [];
  const names = new Map<string, string>();
  const schemas: Record<string, FieldJsonSchema> = {};
  for (const [name, field] of Object.entries(raw)) {
    const report = (message: string) => problems.push({ field: name, message });
    const schema = canonicalise(field, toLabel(name));
    if (!/^[a-z]\w*$/i.test(name)) report("must be named by a letter, then letters, digits or _");
    if (schema === undefined) {
      report(`has no form; ${noForm}`);
      continue;
    }
    const { title = name } = schema;
    if (schema.default === undefined) report("needs a default, or .nullish()");
    if (names.has(title)) report(`has the title of ${names.get(title)}; give one of them another`);
    names.set(title, name);
    schemas[name] = schema;
  }
  if (Object.keys(raw).length === 0) problems.push({ field: "fields", message: "are none; a config needs at least one" });
  if (problems.length > 0) throw new InvalidConfigError(configName, problems);
  return schemas;
}
