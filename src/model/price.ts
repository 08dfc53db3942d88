/** Money: whole millionths of a US dollar. */
export type MicroUsd = number;

/** What a model costs, as a dated fact. */
export interface Price {
  /** What is counted: finished output images, seconds of computing as Replicate measures them, or megapixels of output. */
  readonly per: "output_image" | "second" | "megapixel";
  /** For one of them, at most 1,000,000,000. */
  readonly microUsd: MicroUsd;
  /** When the price was read, as `YYYY-MM` or `YYYY-MM-DD`. It is kept with every cost worked out from it. */
  readonly asOf: string;
  /** Where it was read, and how sure it is. */
  readonly source: string;
  /** Whether a prediction that failed is charged. Absent: that is not known, and neither is the cost of one. */
  readonly failed?: "free" | "charged";
}

/** What was used, or may be. `null` and absent: that is not known. */
export interface Usage {
  /** Output images. */
  readonly outputs: number;
  /** Seconds of computing. */
  readonly seconds?: number | null | undefined;
  /** Millions of pixels, of all output images together. */
  readonly megapixels?: number | null | undefined;
}

/** What something costs. */
export interface Cost {
  /** `null` where the price is unknown. */
  readonly microUsd: MicroUsd | null;
  /** By a price table: an estimate; by an invoice: what was paid. */
  readonly basis: "table" | "invoice";
  /** The date of the price; `null` where it is unknown. */
  readonly priceVersion: string | null;
  /** How many output images are counted. */
  readonly outputs: number;
}

const countedBy = { output_image: "outputs", second: "seconds", megapixel: "megapixels" } as const;

/** What this usage costs by a price, in whole micro-dollars: a part of one counts as a whole one. Unknown without what the price counts. */
export function toCost(price: Price | null | undefined, usage: Usage): Cost {
  return {
    microUsd: price ? multiply(price.microUsd, usage[countedBy[price.per]]) : null,
    basis: "table",
    priceVersion: price?.asOf ?? null,
    outputs: usage.outputs,
  };
}

// Not by floating point, in which 100 × 0.07 is a little more than 7: by whole billionths, and rounded up once.
function multiply(microUsd: MicroUsd, amount: number | null | undefined): MicroUsd | null {
  if (typeof amount !== "number" || !(amount >= 0 && amount <= 1e9)) return null;
  const billionths = BigInt(amount.toFixed(9).replace(".", ""));
  const product = Number((BigInt(microUsd) * billionths + 999_999_999n) / 1_000_000_000n);
  return Number.isSafeInteger(product) ? product : null;
}

/** An amount as dollars for people: `$0.03`, `$0.0125`, or `unknown`. */
export function formatUsd(microUsd: MicroUsd | null): string {
  return microUsd === null ? "unknown" : `$${(microUsd / 1_000_000).toFixed(6).replace(/0{1,4}$/, "")}`;
}
