import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import {
  createErrorHandler,
  getByPath,
  getDefaultFormState,
  getUiOptions,
  type RJSFSchema,
  type RJSFValidationError,
  ROOT_SCHEMA_PREFIX,
  toErrorSchema,
  type UiSchema,
  unwrapErrorHandler,
  type ValidatorType,
  validationDataMerge,
  withIdRefPrefix,
} from "@rjsf/utils";

/**
 * A validator for RJSF that reads a schema as it goes. RJSF's own one compiles schemas with `new Function`, which a strict
 * Content-Security-Policy forbids: it then takes every value for invalid, and RJSF may replace one by that of another option.
 */
export const interpretingValidator: ValidatorType = {
  rawValidation(schema, formData) {
    try {
      return { errors: validate(schema, formData, schema) as never[] };
    } catch (error) {
      return { validationError: error as Error };
    }
  },

  validateFormData(formData, schema, customValidate, transformErrors, uiSchema) {
    const { errors: found = [], validationError } = this.rawValidation<OutputUnit>(schema, formData);
    const own: RJSFValidationError[] = found.map((unit) => toFormError(unit, schema, uiSchema));
    if (validationError !== undefined) own.push({ property: ".", message: validationError.message, stack: validationError.message });
    const errors = transformErrors?.(own, uiSchema) ?? own;
    const result = { errors, errorSchema: toErrorSchema(errors) };
    if (customValidate === undefined) return result;
    // A custom check may look at any field, given or not.
    const values = getDefaultFormState(this, schema, formData, schema, true);
    const handler = customValidate(values, createErrorHandler(values), uiSchema, result.errorSchema);
    return validationDataMerge(result, unwrapErrorHandler(handler));
  },

  isValid(schema, formData, rootSchema) {
    try {
      return formData !== undefined && validate(withIdRefPrefix(schema) as RJSFSchema, formData, rootSchema).length === 0;
    } catch {
      return false;
    }
  },
};

function validate(schema: RJSFSchema, formData: unknown, rootSchema: RJSFSchema): readonly OutputUnit[] {
  // Validator marks the schemas that it is given, so it gets copies.
  const validator = new Validator(structuredClone(schema) as Schema, "7", false);
  const refersToRoot = JSON.stringify(schema).includes(ROOT_SCHEMA_PREFIX);
  if (refersToRoot) validator.addSchema(structuredClone(rootSchema) as Schema, ROOT_SCHEMA_PREFIX);
  // A form holds `undefined` for what was cleared, which JSON does not know.
  const { errors } = validator.validate(JSON.parse(JSON.stringify(formData ?? null)));
  return errors.filter(isOwnError);
}

/** Whether an error is one of a value itself: not that of what holds the value, nor that of one of several alternatives. */
function isOwnError({ keyword, keywordLocation }: OutputUnit): boolean {
  if (/\/(oneOf|anyOf|not|if|contains)\//.test(keywordLocation.replace(/\/(properties|patternProperties)\/[^/]+/g, ""))) return false;
  return !["properties", "patternProperties", "items", "additionalItems", "prefixItems", "allOf", "$ref", "false"].includes(keyword);
}

function toFormError({ keyword, keywordLocation, instanceLocation, error }: OutputUnit, schema: RJSFSchema, uiSchema: UiSchema = {}) {
  const missing = keyword === "required" ? [/property "(.*)"/.exec(error)?.[1] ?? ""] : [];
  const path = [...toSegments(instanceLocation), ...missing];
  const { title: schemaTitle } = getByPath<RJSFSchema>(schema, toSegments(keywordLocation).slice(0, -1), {});
  const title =
    getUiOptions(getByPath<UiSchema>(uiSchema, path, {})).title ?? (missing.length > 0 ? missing[0] : schemaTitle) ?? path.join(".");
  const message = keyword === "oneOf" || keyword === "enum" ? "must be one of the options" : error;
  const property = `.${path.join(".")}`;
  return {
    name: keyword,
    property,
    message,
    params: {},
    stack: title === "" ? message : `'${title}' ${message}`,
    schemaPath: keywordLocation,
    title,
  } satisfies RJSFValidationError;
}

/** The segments of a JSON pointer. */
function toSegments(pointer: string): readonly string[] {
  const segments = pointer.split("/").slice(1);
  return segments.map((segment) => decodeURIComponent(segment).replaceAll("~1", "/").replaceAll("~0", "~"));
}
