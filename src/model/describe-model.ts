import { type FormField, toFormFields } from "./form.ts";
import { toFormGroups } from "./form-groups.ts";
import { type FormSchema, toFormSchema } from "./form-schema.ts";
import type { AnyModel, Capabilities, Lifecycle } from "./model.ts";
import { type JsonFormsForm, toJsonForms } from "./to-json-forms.ts";
import { toModelSchemas } from "./to-model-schemas.ts";
import { type RjsfForm, toRjsf } from "./to-rjsf.ts";

/** A model and the form of its config, as plain JSON. */
export interface ModelDescription {
  readonly modelId: string;
  readonly displayName: string;
  readonly description: string;
  readonly capabilities: Capabilities;
  readonly lifecycle: Lifecycle;
  /** What a config of this model may hold: draft-07. */
  readonly jsonSchema: FormSchema;
  /** The form for react-jsonschema-form. */
  readonly rjsf: RjsfForm;
  /** The form for JSON Forms. An unset field must be absent from its data, not `null`: `config.toMap()` leaves it out. */
  readonly jsonForms: JsonFormsForm;
  /** What a new form starts with; `null` where a field starts unset. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** The fields for a panel of one's own: those of `getConfigSchema`. */
  readonly fields: readonly FormField[];
}

/** How a model is described. */
export interface DescribeOptions {
  /**
   * Whether fields say more in keywords of their own: `x-no-effect` (why), `x-documented-limit` and `x-published-on`. Default: false,
   * since Ajv in strict mode refuses a schema with keywords that it does not know.
   */
  readonly extensionKeywords?: boolean;
}

/** Describes a model: see `Registry.describe`. */
export function describeModel(model: AnyModel, { extensionKeywords = false }: DescribeOptions = {}): ModelDescription {
  const { id: modelId, name: displayName, description, capabilities, lifecycle } = model;
  const schemas = toModelSchemas(model);
  const groups = toFormGroups(schemas);
  const jsonSchema = toFormSchema(model, schemas, extensionKeywords);
  const described = {
    modelId,
    displayName,
    description,
    capabilities,
    lifecycle,
    jsonSchema,
    rjsf: toRjsf(jsonSchema, groups),
    jsonForms: toJsonForms(jsonSchema, groups),
    defaults: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema.default])),
    fields: toFormFields(schemas),
  };
  // Plain JSON, of which nothing is shared with the model.
  return JSON.parse(JSON.stringify(described));
}
