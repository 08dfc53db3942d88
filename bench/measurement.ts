/** One measured number and its limit. Ratios are of one run on one machine, so that they can be compared across machines. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: "×" | "kB" | "models";
  readonly limit: { readonly atMost: number } | { readonly atLeast: number };
}

/** Whether the limit is kept. */
export function isKept({ value, limit }: Measurement): boolean {
  return "atMost" in limit ? value <= limit.atMost : value >= limit.atLeast;
}
