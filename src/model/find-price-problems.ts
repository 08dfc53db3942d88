import { isObject } from "../basics/is-object.ts";
import type { Problem } from "../errors/problem.ts";
import type { Price } from "./price.ts";

const rules: Readonly<Record<keyof Price, readonly [isRight: (value: unknown) => boolean, message: string]>> = {
  per: [(value) => ["output_image", "second", "megapixel"].includes(value as string), "must be output_image, second or megapixel"],
  microUsd: [
    (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1_000_000_000,
    "must be whole micro-dollars, 0 to 1,000,000,000",
  ],
  asOf: [isDate, "must be the date it was read, as YYYY-MM or YYYY-MM-DD"],
  source: [
    (value) => typeof value === "string" && /\S/.test(value) && value.length <= 500,
    "must say where it was read, in up to 500 characters",
  ],
  failed: [(value) => [undefined, "free", "charged"].includes(value as undefined), "must be free or charged, or left out"],
};

/** Everything that is wrong with a price, be it a model's own or one that was stored. */
export function findPriceProblems(price: unknown): readonly Problem[] {
  if (!isObject(price)) return [{ field: "(value)", message: "must be a price: { per, microUsd, asOf, source }" }];
  const wrong = Object.entries(rules).filter(([field, [isRight]]) => !isRight(price[field]));
  const unknown = Object.keys(price).filter((field) => !Object.hasOwn(rules, field));
  return [
    ...wrong.map(([field, [, message]]) => ({ field, message })),
    ...unknown.map((field) => ({ field: field.slice(0, 100), message: `is no part of a price; it has ${Object.keys(rules).join(", ")}` })),
  ];
}

// Date.parse takes the 30th of February.
function isDate(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d\d(-\d\d)?$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
