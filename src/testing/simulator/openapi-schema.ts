import type { PublishedField, PublishedInput } from "../../model/published-input.ts";
import { toPublishedFields } from "./published-fields.ts";

type Json = Readonly<Record<string, unknown>>;

/** The `openapi_schema` that Replicate shows for what a model publishes: `components.schemas.Input`, `.Output` and the enumerations. */
export function toOpenapiSchema(published: PublishedInput, enumsAsReferences: boolean): Json {
  const fields = toPublishedFields(published);
  const referenced = enumsAsReferences ? fields.filter(({ field }) => field.enum !== undefined) : [];
  const enumerations = referenced.map(({ name, field }) => [
    name,
    { enum: field.enum, type: field.type, title: name, description: "An enumeration." },
  ]);
  const properties = fields.map(({ name, field }, order) => [name, { ...toProperty(name, field, enumsAsReferences), "x-order": order }]);
  const address = { type: "string", format: "uri" };
  return {
    openapi: "3.0.2",
    info: { title: "Cog", version: "0.1.0" },
    paths: {},
    components: {
      schemas: {
        Input: {
          type: "object",
          title: "Input",
          required: fields.filter(({ isRequired }) => isRequired).map(({ name }) => name),
          properties: Object.fromEntries(properties),
        },
        Output: published.output === "many" ? { type: "array", items: address, title: "Output" } : { ...address, title: "Output" },
        ...Object.fromEntries(enumerations),
      },
    },
  };
}

function toProperty(name: string, field: PublishedField, enumsAsReferences: boolean): Json {
  const { documented, type, enum: values, ...rest } = field;
  const description = [field.description, documented?.reason].filter((text) => text !== undefined).join(" ");
  const told = { ...rest, ...(description === "" ? {} : { description }) };
  if (values === undefined) return { type, title: toTitle(name), ...told };
  return enumsAsReferences ? { allOf: [{ $ref: `#/components/schemas/${name}` }], ...told } : { enum: values, type, title: name, ...told };
}

function toTitle(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (found, letter: string) => (found.startsWith("_") ? " " : "") + letter.toUpperCase());
}
