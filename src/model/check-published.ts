import type { PublishedField } from "./published-input.ts";

/** What Replicate would refuse a value for, as a sentence with the legal values; `undefined` when it is legal. */
export function checkPublished(field: PublishedField, value: unknown): string | undefined {
  if (value === null) return field.nullable ? undefined : `must be ${describeType(field)}, not null`;
  if (!hasType(field, value)) return `must be ${describeType(field)}`;
  if (field.enum !== undefined && !field.enum.includes(value as string)) return `must be one of ${field.enum.join(", ")}`;
  if (field.minimum !== undefined && (value as number) < field.minimum) return `must be ${field.minimum} or more`;
  if (field.maximum !== undefined && (value as number) > field.maximum) return `must be ${field.maximum} or less`;
  const { items } = field;
  if (items === undefined) return undefined;
  const reason = (value as readonly unknown[]).map((item) => checkPublished(items, item)).find((found) => found !== undefined);
  return reason && `each item ${reason}`;
}

function hasType(field: PublishedField, value: unknown): boolean {
  switch (field.type) {
    case "integer":
      return Number.isInteger(value);
    case "number":
      return Number.isFinite(value);
    case "array":
      return Array.isArray(value);
    case "string":
      return typeof value === "string" && (field.format !== "uri" || URL.canParse(value));
    default:
      return typeof value === field.type;
  }
}

function describeType({ type, format }: PublishedField): string {
  if (format === "uri") return "an address (URI)";
  return `${/^[ai]/.test(type) ? "an" : "a"} ${type}`;
}
