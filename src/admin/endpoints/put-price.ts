import { z } from "../../basics/z.ts";
import type { Price } from "../../model/price.ts";
import { defineChange } from "../define-change.ts";

/** `PUT` the owner's own price of a model. */
export const putPrice = defineChange({
  fields: () => ({ price: z.custom<Price>((value) => value !== undefined, "is missing") }),
  act: ({ settings, modelId, body, write }) => settings.setPrice(modelId, body.price, write),
});
