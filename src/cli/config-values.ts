import type { FormField } from "../model/form.ts";
import type { AnyModel } from "../model/model.ts";
import { UsageError } from "./usage-error.ts";

/**
 * `field=value` words as config values, read as the type that the model's config gives the field. What does not fit stays text, so that
 * the config's own rules say what is wrong. `field=null` unsets a field.
 * @throws {UsageError} for a word without `=`.
 */
export function toConfigValues(words: readonly string[], model: AnyModel): Readonly<Record<string, unknown>> {
  const fields: readonly FormField[] = model.config.schema().fields;
  const entries = words.map((word): [string, unknown] => {
    const at = word.indexOf("=");
    if (at < 1) throw new UsageError(`A value is given as field=value, such as output_quality=90; not as ${JSON.stringify(word)}`);
    const [name, text] = [word.slice(0, at).trim(), word.slice(at + 1).trim()];
    return [name, readValue(text, fields.find((field) => field.name === name)?.type)];
  });
  return Object.fromEntries(entries);
}

function readValue(text: string, type: FormField["type"] | undefined): unknown {
  if (text === "null") return null;
  if (type === "bool" && (text === "true" || text === "false")) return text === "true";
  if ((type === "int" || type === "float") && text !== "" && Number.isFinite(Number(text))) return Number(text);
  return text;
}
