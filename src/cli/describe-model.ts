import type { FormField } from "../model/form.ts";
import type { AnyModel, Lifecycle } from "../model/model.ts";
import type { Price } from "../model/price.ts";
import { defaultModelId } from "../models/registry.ts";

/** A model as the command line tells of it. Plain JSON. */
export interface ModelDescription {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly takesPhoto: boolean;
  readonly maximumPhotos: number;
  readonly canStage: boolean;
  /** Empty where it can. */
  readonly whyItCannotStage: readonly string[];
  readonly price: Price | null;
  readonly usualDurationMs: number;
  readonly lifecycle: Lifecycle;
}

/** A config field, and whether the model publishes such an input. */
export interface FieldDescription extends FormField {
  readonly hasEffect: boolean;
}

/** What people and programs want to know of a model. */
export function describeModel({ id, name, description, capabilities, price, usualDurationMs, lifecycle }: AnyModel): ModelDescription {
  const reasons = [
    ...(capabilities.takesPhoto ? [] : ["it takes no photo (text-to-image only), so it would draw another room"]),
    ...(lifecycle.status === "active"
      ? []
      : [`it was retired on ${lifecycle.since}: ${lifecycle.reason}${lifecycle.replacement ? `; use ${lifecycle.replacement}` : ""}`]),
  ];
  return {
    id,
    name,
    description,
    isDefault: id === defaultModelId,
    takesPhoto: capabilities.takesPhoto,
    maximumPhotos: capabilities.maximumPhotos,
    canStage: reasons.length === 0,
    whyItCannotStage: reasons,
    price: price ?? null,
    usualDurationMs,
    lifecycle,
  };
}

/** The config fields of a model, narrowed to what it takes. */
export function describeFields(model: AnyModel): readonly FieldDescription[] {
  return model.formFields().map((field) => ({ ...field, hasEffect: Object.hasOwn(model.published.inputs, field.name) }));
}
