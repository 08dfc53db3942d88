import { parseUsd } from "../../books/reconcile/parse-usd.ts";
import type { Price } from "../../model/price.ts";
import { defineSettingsCommand } from "../config/define-settings-command.ts";
import { modelArgument, toWriteOptions, writeOptions } from "../config/setting-options.ts";
import { toSavedReport } from "../config/to-saved-report.ts";
import { findModel } from "../find-model.ts";
import { UsageError } from "../usage-error.ts";

const { note, author, "expected-version": expectedVersion } = writeOptions;
const kinds = { image: "output_image", second: "second", megapixel: "megapixel" } as const;

/** `restage costs price`: a price of the owner's own. */
export const costsPriceCommand = defineSettingsCommand({
  name: "costs price",
  summary: "Set what a model really costs you, or take that away",
  args: [modelArgument],
  options: {
    usd: { type: "string", placeholder: "USD", description: "The price in US dollars, such as 0.025" },
    per: { type: "string", placeholder: "KIND", description: `${Object.keys(kinds).join(", ")}; default image` },
    "as-of": { type: "string", placeholder: "DATE", description: "When it was read; default: today" },
    source: { type: "string", placeholder: "TEXT", description: "Where it was read" },
    failed: { type: "string", placeholder: "WORD", description: "free or charged: what a failed prediction costs; default: not known" },
    reset: { type: "boolean", description: "Back to the price of this release" },
    note,
    author,
    "expected-version": expectedVersion,
  },
  examples: [
    ['restage costs price qwen-image-edit --usd 0.025 --source "our contract"', "For all stagings from now on"],
    ["restage costs price qwen-image-edit --reset", "The price of this release again"],
  ],
  isWriting: true,
  plan({ args: [name = ""], options }) {
    const { projectId: _, ...write } = toWriteOptions(options);
    const { id: modelId } = findModel(name);
    const price = readPrice(options);
    return async (storage) => {
      const { settings } = storage;
      const saved =
        price === null ? { version: await settings.resetPrice(modelId, write) } : await settings.setPrice(modelId, price, write);
      return toSavedReport(storage, { setting: "price", modelId }, { version: saved.version });
    };
  },
});

type Given = Readonly<Partial<Record<"usd" | "per" | "as-of" | "source" | "failed", string>>> & { readonly reset?: boolean };

/** The price that was given; `null` to take it away. What else could be wrong with it, the settings say. */
function readPrice({ usd, per = "image", source, failed, reset = false, ...given }: Given): Price | null {
  if (reset === (usd !== undefined)) throw new UsageError("restage costs price needs either --usd or --reset");
  if (usd === undefined) return null;
  const microUsd = parseUsd(usd);
  if (microUsd === undefined)
    throw new UsageError(`--usd takes US dollars such as 0.025, with at most six decimals; not ${JSON.stringify(usd)}`);
  if (!Object.hasOwn(kinds, per)) throw new UsageError(`--per takes ${Object.keys(kinds).join(", ")}; not ${JSON.stringify(per)}`);
  if (source === undefined) throw new UsageError("--usd needs --source: where the price was read");
  const asOf = given["as-of"] ?? new Date().toISOString().slice(0, 10);
  return {
    per: kinds[per as keyof typeof kinds],
    microUsd,
    asOf,
    source,
    ...(failed !== undefined && { failed: failed as NonNullable<Price["failed"]> }),
  };
}
