import type { PublishedField, PublishedInput } from "../../model/published-input.ts";

/** One input of a model with its name, the prompt and the photo included. */
export interface NamedField {
  readonly name: string;
  readonly field: PublishedField;
  readonly isRequired: boolean;
}

/** Everything that a model publishes as an input, in the order of its schema: prompt, photo, then the others. */
export function toPublishedFields({ promptKey, image, isImageRequired = false, inputs }: PublishedInput): readonly NamedField[] {
  const address: PublishedField = { type: "string", format: "uri" };
  const photo: PublishedField = image?.isArray
    ? { type: "array", items: address, default: [] }
    : { ...address, nullable: !isImageRequired };
  return [
    { name: promptKey, field: { type: "string" }, isRequired: true },
    ...(image === null ? [] : [{ name: image.key, field: photo, isRequired: isImageRequired }]),
    ...Object.entries(inputs).map(([name, field]) => ({ name, field, isRequired: false })),
  ];
}
