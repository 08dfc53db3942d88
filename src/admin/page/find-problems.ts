import type { FormProperty, FormSchema } from "../../model/form-schema.ts";
import type { Values } from "./draft.ts";
import { interpretingValidator } from "./interpreting-validator.ts";

/** For each wrong field, why. */
export type Problems = Readonly<Record<string, readonly string[]>>;

/** Checks values by the schema of their form. */
export function findProblems(schema: FormSchema, values: Values): Problems {
  const { errors } = interpretingValidator.validateFormData(values, schema as never);
  const found: Record<string, string[]> = {};
  for (const { property = "", name, message = "" } of errors) {
    const [field = "", index] = property.slice(1).split(".");
    const rules = schema.properties[field];
    // Of a list, what is wrong may be one of its items.
    const wrong = index === undefined ? values[field] : (values[field] as readonly unknown[])[Number(index)];
    const text = rules === undefined ? message : explain(name, (index && rules.items) || rules, wrong, message);
    const texts = found[field] ?? [];
    if (!texts.includes(text)) found[field] = [...texts, text];
  }
  return found;
}

/** The field of a place such as `.furniture.0` or `furniture[2].name`. */
export function toField(place: string): string {
  return place.replace(/^\./, "").split(/[.[]/)[0] ?? place;
}

function explain(rule: string | undefined, property: FormProperty, value: unknown, message: string): string {
  const { minimum, maximum, multipleOf, minItems, maxItems, minLength, maxLength } = property;
  const kind = [property.type].flat()[0];
  switch (rule) {
    case "type":
      if (value === null || value === undefined || value === "") return "Enter a value.";
      if (kind === "integer") return "Enter a whole number.";
      return kind === "number" ? "Enter a number." : "This value has the wrong type.";
    case "minimum":
    case "maximum":
      if (minimum !== undefined && maximum !== undefined) return `Enter a number from ${minimum} to ${maximum}.`;
      return minimum === undefined ? `Enter at most ${maximum}.` : `Enter at least ${minimum}.`;
    case "enum":
    case "oneOf":
    case "const":
      return "Choose one of the options.";
    case "multipleOf":
      return `Enter a multiple of ${multipleOf}.`;
    case "minItems":
      return `Add at least ${minItems}.`;
    case "maxItems":
      return `At most ${maxItems} are possible.`;
    case "minLength":
      return minLength === 1 ? "Enter a value." : `Enter at least ${minLength} characters.`;
    case "maxLength":
      return `Enter at most ${maxLength} characters.`;
    default:
      return message;
  }
}
