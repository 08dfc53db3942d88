import type { FormGroups } from "./form-groups.ts";
import type { FormProperty, FormSchema } from "./form-schema.ts";
import { isNullable } from "./json-schema.ts";
import { sliderStep } from "./slider-step.ts";

/** One element of a JSON Forms layout. */
export interface JsonFormsElement {
  readonly type: string;
  readonly label?: string;
  readonly text?: string;
  readonly scope?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly elements?: readonly JsonFormsElement[];
}

/** A form for JSON Forms: `<JsonForms {...jsonForms} data={config.toMap()} renderers={…} cells={…} />`. */
export interface JsonFormsForm {
  readonly schema: FormSchema;
  readonly uischema: JsonFormsElement;
}

/** The form for JSON Forms: what has no effect stands in a category of its own, with the reason. */
export function toJsonForms(schema: FormSchema, { settings, optional, withoutEffect }: FormGroups): JsonFormsForm {
  const properties = Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, withoutNull(property)]));
  const toControl = (name: string): JsonFormsElement => ({
    type: "Control",
    scope: `#/properties/${name}`,
    options: {
      showUnfocusedDescription: true,
      ...(hasSlider(properties[name] as FormProperty) && { slider: true }),
      ...(withoutEffect.includes(name) && { readonly: true }),
    },
  });
  const groups = Object.entries({ Settings: settings, Optional: optional })
    .filter(([, names]) => names.length > 0)
    .map(([label, names]) => ({ type: "Group", label, elements: names.map(toControl) }));
  const reason = { type: "Label", text: "The model publishes no such inputs: they are not sent." };
  const categories = [
    { type: "Category", label: "With effect", elements: groups },
    { type: "Category", label: "No effect on this model", elements: [reason, ...withoutEffect.map(toControl)] },
  ];
  return {
    schema: { ...schema, properties },
    uischema: withoutEffect.length > 0 ? { type: "Categorization", elements: categories } : { type: "VerticalLayout", elements: groups },
  };
}

// JSON Forms adds an empty option, which removes the field; one for `null` would give text.
function withoutNull(property: FormProperty): FormProperty {
  const { default: start, oneOf, ...rest } = property;
  if (!oneOf || !isNullable(property)) return property;
  return { ...rest, ...(start !== null && { default: start }), oneOf: oneOf.filter((option) => option.const !== null) };
}

// Its slider goes by whole steps, and shows the default where the value is 0.
function hasSlider(property: FormProperty): boolean {
  return sliderStep(property) === 1 && (property.minimum as number) > 0;
}
