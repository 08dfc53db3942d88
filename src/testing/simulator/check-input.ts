import { checkPublished } from "../../model/check-published.ts";
import type { PublishedField, PublishedInput } from "../../model/published-input.ts";
import type { InvalidField } from "./problem-response.ts";
import { toPublishedFields } from "./published-fields.ts";
import type { UnestablishedBehaviour } from "./unestablished-behaviour.ts";

/** What is wrong with an input, and which of its keys mean nothing to the model. */
export interface CheckedInput {
  readonly invalid: readonly InvalidField[];
  readonly ignored: readonly string[];
  /** A sentence when a value is past a limit that is only documented, and a photo is sent. */
  readonly pastDocumented: string | undefined;
}

/** Holds an input against what its model publishes. */
export function checkInput(
  published: PublishedInput,
  input: Readonly<Record<string, unknown>>,
  behaviour: UnestablishedBehaviour,
): CheckedInput {
  const fields = toPublishedFields(published);
  const known = new Map(fields.map(({ name, field }) => [name, field]));
  const ignored = Object.keys(input).filter((name) => !known.has(name));
  const past = findPastDocumented(published, input);
  const refused = behaviour.unknownInputs === "refuse" ? ignored : [];
  return {
    invalid: [
      ...fields.filter(({ name, isRequired }) => isRequired && !Object.hasOwn(input, name)).map(({ name }) => toMissing(name)),
      ...fields.flatMap(({ name, field }) => (Object.hasOwn(input, name) ? describe(`input.${name}`, field, input[name]) : [])),
      ...refused.map((name) => toUnknown("input", name)),
      ...(past !== undefined && behaviour.documentedLimits === "refuse" ? [past] : []),
    ],
    ignored,
    pastDocumented: past?.description,
  };
}

/** A key that does not belong. */
export function toUnknown(field: string, name: string): InvalidField {
  return { type: "additional_property_not_allowed", field, description: `Additional property ${name} is not allowed` };
}

function toMissing(name: string): InvalidField {
  return { type: "required", field: "input", description: `${name} is required` };
}

function findPastDocumented(published: PublishedInput, input: Readonly<Record<string, unknown>>): InvalidField | undefined {
  if (published.image === null || !input[published.image.key]) return undefined;
  for (const [name, { documented }] of Object.entries(published.inputs)) {
    if (documented !== undefined && Number(input[name]) > documented.maximum) {
      return { type: "number_lte", field: `input.${name}`, description: documented.reason };
    }
  }
  return undefined;
}

// checkPublished decides; what follows only says it as Replicate does.
function describe(path: string, field: PublishedField, value: unknown): readonly InvalidField[] {
  if (checkPublished(field, value) === undefined) return [];
  const report = (type: string, description: string): readonly InvalidField[] => [{ type, field: path, description }];
  const { items, minimum, maximum } = field;
  if (Array.isArray(value) && items !== undefined) return value.flatMap((item, index) => describe(`${path}.${index}`, items, item));
  if (typeof value === "string" && field.format === "uri") return report("format", "Does not match format 'uri'");
  if (field.enum !== undefined && typeof value === field.type) {
    return report("enum", `${path} must be one of the following: ${field.enum.map((legal) => JSON.stringify(legal)).join(", ")}`);
  }
  if (typeof value === "number" && minimum !== undefined && value < minimum) {
    return report("number_gte", `Must be greater than or equal to ${minimum}`);
  }
  if (typeof value === "number" && maximum !== undefined && value > maximum) {
    return report("number_lte", `Must be less than or equal to ${maximum}`);
  }
  return report("invalid_type", `Invalid type. Expected: ${field.type}, given: ${toTypeName(value)}`);
}

function toTypeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
