import { type Cost, formatUsd, type Price } from "../../model/price.ts";

/** `"3 minutes ago"`, `"just now"`. */
export function timeAgo(iso: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  if (Number.isNaN(seconds)) return iso;
  if (seconds > -45) return "just now";
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number, number])[] = [
    ["minute", 60, 60],
    ["hour", 3600, 24],
    ["day", 86_400, 14],
    ["week", 604_800, 9],
    ["month", 2_629_800, 18],
    ["year", 31_557_600, Number.POSITIVE_INFINITY],
  ];
  const [unit, size] = steps.find(([, length, most]) => -seconds / length < most) ?? ["year", 31_557_600];
  return words.format(Math.min(-1, Math.round(seconds / size)), unit);
}

/** An amount for people: `$0.04`, `unknown` where nobody knows. */
export function money(microUsd: number | null | undefined): string {
  return formatUsd(microUsd ?? null);
}

const units: Readonly<Record<Price["per"], string>> = { output_image: "an image", second: "a second", megapixel: "a megapixel" };

/** A price for people: `$0.04 an image`. */
export function priceText(price: Price | null): string {
  return price === null ? "Unknown" : `${money(price.microUsd)} ${units[price.per]}`;
}

/** What one staging costs, for people: `about $0.12 for up to 4 images`. */
export function estimateText({ microUsd, outputs }: Pick<Cost, "microUsd" | "outputs">): string {
  const amount = microUsd === null ? "an unknown amount" : `about ${money(microUsd)}`;
  return outputs > 1 ? `${amount} for up to ${outputs} images` : amount;
}

interface Titled {
  readonly title?: string;
  readonly oneOf?: readonly { readonly const: unknown; readonly title: string }[];
}

/** A value of a field as its form shows it. */
export function valueText(value: unknown, property: Titled = {}): string {
  const option = property.oneOf?.find((each) => each.const === value);
  if (option !== undefined) return option.title;
  if (value === undefined || value === null) return "not set";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map((each) => valueText(each)).join(", ");
  if (value === "") return "empty";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** `"1 change"`, `"2 changes"`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** A text with a capital at its beginning and a full stop at its end. */
export function sentence(text: string): string {
  const trimmed = text.trim().replace(/[.;]$/, "");
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}.`;
}
