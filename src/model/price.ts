/** Money: whole millionths of a US dollar. */
export type MicroUsd = number;

/** What a model costs, as a dated fact. */
export interface Price {
  /** What is counted: every finished output image. */
  readonly per: "output_image";
  readonly microUsd: MicroUsd;
  /** When the price was read, as `YYYY-MM` or `YYYY-MM-DD`. It is kept with every cost worked out from it. */
  readonly asOf: string;
  /** Where it was read, and how sure it is. */
  readonly source: string;
}

/** What something costs by the price table. */
export interface Cost {
  /** `null` where the price is unknown. */
  readonly microUsd: MicroUsd | null;
  readonly basis: "table";
  /** The date of the price; `null` where it is unknown. */
  readonly priceVersion: string | null;
  /** How many output images are counted. */
  readonly outputs: number;
}

/** The cost of a number of output images. */
export function toCost(price: Price | undefined, outputs: number): Cost {
  return {
    microUsd: price ? price.microUsd * outputs : null,
    basis: "table",
    priceVersion: price?.asOf ?? null,
    outputs,
  };
}

/** An amount as dollars for people: `$0.03`, `$0.0125`, or `unknown`. */
export function formatUsd(microUsd: MicroUsd | null): string {
  return microUsd === null ? "unknown" : `$${(microUsd / 1_000_000).toFixed(6).replace(/0{1,4}$/, "")}`;
}
