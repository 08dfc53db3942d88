import { useMemo } from "preact/hooks";
import type { StoredPrice } from "./api-types.ts";
import type { Values } from "./draft.ts";
import type { Editor } from "./editor.ts";
import { pricePath } from "./paths.ts";
import { findPriceFieldProblems, toPrice, toPriceField, toPriceFields } from "./price-fields.ts";
import { useEditor } from "./use-editor.ts";

/** The state of editing a price, and what can be done. */
export type PriceEditor = Editor<StoredPrice>;

/** Edits the owner's price of a model, against what is stored. */
export function usePriceEditor(modelId: string): PriceEditor {
  return useEditor(useMemo(() => toRules(modelId), [modelId]));
}

function toRules(modelId: string) {
  const today = new Date().toISOString().slice(0, 10);
  return {
    path: pricePath(modelId),
    isWhole: true,
    read(stored: StoredPrice | undefined) {
      const { origin, price = null, builtIn = null } = stored ?? {};
      return {
        known: origin === "global" && price !== null ? toPriceFields(price) : {},
        inherited: builtIn === null ? {} : toPriceFields(builtIn),
      };
    },
    // When and where somebody read it is theirs to say.
    toInitial: (inherited: Values) => ({ amount: "", per: "output_image", failed: "", ...inherited, asOf: today, source: "" }),
    check: (values: Values, own: Values) => (Object.keys(own).length === 0 ? {} : findPriceFieldProblems(values)),
    toBody: (own: Values) => ({ price: toPrice(own) }),
    toField: toPriceField,
    resetText: "Reset. The built-in price counts again.",
  };
}
