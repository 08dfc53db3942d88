import { readFile } from "node:fs/promises";
import { readInvoice } from "../../books/reconcile/read-invoice.ts";
import { reconcileInvoice } from "../../books/reconcile/reconcile-invoice.ts";
import { reconcilePredictions, type SentAttempt } from "../../books/reconcile/reconcile-predictions.ts";
import { UsageError } from "../usage-error.ts";
import { defineBooksCommand } from "./define-books-command.ts";
import { listSimulated } from "./list-simulated.ts";
import { periodOptions, readPeriod } from "./period-options.ts";
import { toInvoiceText, toPredictionsText } from "./to-reconcile-text.ts";

/** `restage costs reconcile`: the books beside Replicate's list, or beside an invoice. */
export const costsReconcileCommand = defineBooksCommand({
  name: "costs reconcile",
  summary: "Compare the books with Replicate's predictions, or write an invoice into them",
  args: [],
  options: {
    "from-api": {
      type: "boolean",
      description: "List Replicate's predictions: which have no run, and which runs have none; changes nothing",
    },
    ...periodOptions,
    invoice: {
      type: "string",
      placeholder: "FILE",
      description: "CSV with the columns prediction_id and amount_usd: what was really paid",
    },
  },
  details: () =>
    "--from-api needs REPLICATE_API_TOKEN, and costs nothing. It looks up to two minutes ago unless --until says otherwise, since what is only\njust created may not be listed yet. --since and --until are for it alone: an invoice tells its time itself.",
  examples: [
    ["restage costs reconcile --from-api --since 7d", "Predictions of another program, and what was paid and lost"],
    ["restage costs reconcile --invoice invoice.csv", "Costs are estimates no more; again with the same file: no change"],
  ],
  // Where nothing is kept yet, an invoice finds nothing to write either: no folder is made.
  isWriting: false,
  async plan({ options, terminal }) {
    const { "from-api": isFromApi = false, invoice, since, until } = options;
    if (isFromApi === (invoice !== undefined)) throw new UsageError("restage costs reconcile needs either --from-api or --invoice FILE");
    if (invoice !== undefined) {
      if (since !== undefined || until !== undefined)
        throw new UsageError("--since and --until are for --from-api: an invoice tells its time itself");
      const rows = readInvoice(await readText(invoice));
      return async ({ runStore, place }) => {
        const found = await reconcileInvoice({ rows, runStore });
        return { json: { place, ...found }, text: (style) => toInvoiceText(found, place, style) };
      };
    }
    const period = readPeriod(options);
    return async ({ runStore, place }) => {
      const baseUrl = process.env.REPLICATE_BASE_URL || undefined;
      const onProgress = ({ predictions }: { readonly predictions: number }) => terminal.redraw(`${predictions} predictions …`);
      const found = await reconcilePredictions({ runStore, baseUrl, onProgress, ...period });
      terminal.redraw("");
      const simulated = new Set((await listSimulated(runStore)).map(({ id }) => id));
      const ofReplicate = (attempts: readonly SentAttempt[]) => attempts.filter(({ runId }) => !simulated.has(runId));
      const told = { ...found, missing: ofReplicate(found.missing), unsettled: ofReplicate(found.unsettled) };
      return { json: { place, ...told }, text: (style) => toPredictionsText(told, place, style) };
    };
  },
});

async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(({ code }: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read (${code})`);
  });
}
