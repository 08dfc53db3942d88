import { z } from "../../basics/z.ts";

/** A whole number in these bounds, both included; whatever is wrong with it is one problem. */
export function wholeNumber(minimum: number, maximum: number): z.ZodType<number> {
  const isFit = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
  return z.custom<number>(isFit, `must be a whole number from ${minimum} to ${maximum}`);
}
