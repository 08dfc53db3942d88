import type { FormGroups } from "./form-groups.ts";
import type { FormProperty, FormSchema } from "./form-schema.ts";
import { isNullable, typeOf } from "./json-schema.ts";
import { sliderStep } from "./slider-step.ts";
import { toSentences } from "./to-sentences.ts";

/** A form for react-jsonschema-form: `<Form {...rjsf} formData={defaults} validator={validator} />`. */
export interface RjsfForm {
  readonly schema: FormSchema;
  readonly uiSchema: Readonly<Record<string, unknown>>;
}

/** The form for react-jsonschema-form: what has no effect is hidden, and named under the heading. */
export function toRjsf(schema: FormSchema, { settings, optional, withoutEffect }: FormGroups): RjsfForm {
  const { properties, description } = schema;
  const titles = withoutEffect.map((name) => properties[name]?.title).join(", ");
  const hints = Object.entries(properties).map(([name, property]) => [name, withoutEffect.includes(name) ? hidden : toHints(property)]);
  return {
    schema,
    uiSchema: {
      "ui:order": [...settings, ...optional, ...withoutEffect],
      ...(titles && { "ui:description": toSentences(description, `Not shown, since not sent and without effect: ${titles}`) }),
      ...Object.fromEntries(hints),
    },
  };
}

// NullField shows nothing and keeps the value; the widget alone would warn of a null.
const hidden = { "ui:widget": "hidden", "ui:field": "NullField" };

function toHints(property: FormProperty): Readonly<Record<string, unknown>> {
  const type = typeOf(property);
  if (property.oneOf) return type === "boolean" ? { "ui:widget": "select" } : {};
  // A field of text takes any number; one of numbers would take whole ones only.
  if (isNullable(property)) return { "ui:emptyValue": null, ...(type === "integer" && { "ui:options": { inputType: "number" } }) };
  if (type === "string") return { "ui:emptyValue": "" };
  return sliderStep(property) ? { "ui:widget": "range" } : {};
}
