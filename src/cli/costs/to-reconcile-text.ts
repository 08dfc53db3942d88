import type { InvoiceReconciliation } from "../../books/reconcile/reconcile-invoice.ts";
import type { PredictionReconciliation, SentAttempt } from "../../books/reconcile/reconcile-predictions.ts";
import { formatUsd } from "../../model/price.ts";
import { formatCount } from "../format.ts";
import { toTable } from "../table.ts";
import type { Style } from "../terminal.ts";

type Rows = readonly (readonly string[])[];

/** For people, what Replicate lists beside the books. */
export function toPredictionsText(found: PredictionReconciliation, place: string, style: Style): string {
  const { since, until, checked, foreign, missing, unsettled, totals } = found;
  const { matched, costMicroUsd, estimatedMicroUsd, unknownCosts } = totals;
  const sure =
    estimatedMicroUsd === 0 ? "" : `, ${estimatedMicroUsd === costMicroUsd ? "" : `${formatUsd(estimatedMicroUsd)} of it `}estimated`;
  const unknown = unknownCosts === 0 ? "" : `, ${unknownCosts} of unknown cost`;
  return join([
    `${formatCount(checked, "prediction")} from ${since} to ${until} ${style.dim(`· ${place}`)}`,
    `${matched} with a run: ${formatUsd(costMicroUsd)}${sure}${unknown}`,
    toSection(
      "Without a run: another program's, or paid and lost",
      foreign.map(({ predictionId, modelId, createdAt, status }) => [predictionId, modelId ?? "", createdAt ?? "", status]),
      style,
    ),
    toSection("Runs whose prediction Replicate does not list", missing.map(toAttemptRow), style),
    toSection(
      "Runs that are not over: `restage runs resume`, or client.resume() of your service, settles them",
      unsettled.map(toAttemptRow),
      style,
    ),
  ]);
}

/** For people, what an invoice came to. */
export function toInvoiceText(found: InvoiceReconciliation, place: string, style: Style): string {
  const { updated, unchanged, foreign, missing, unsettled, differenceMicroUsd, invoiceMicroUsd } = found;
  const difference = `${differenceMicroUsd < 0 ? "-" : "+"}${formatUsd(Math.abs(differenceMicroUsd))}`;
  return join([
    `${style.green("✓")} ${formatCount(updated.length, "cost")} written to ${place}, ${unchanged} unchanged`,
    `The invoice comes to ${formatUsd(invoiceMicroUsd)}; against the books before: ${difference}`,
    toSection(
      "On the invoice without a run: another program's, or paid and lost",
      foreign.map(({ predictionId, modelId, createdAt, microUsd }) => [predictionId, modelId ?? "", createdAt ?? "", formatUsd(microUsd)]),
      style,
    ),
    toSection(
      "In the books of that time, and not on the invoice",
      missing.map(({ runId, predictionId, modelId, microUsd }) => [runId, predictionId, modelId, formatUsd(microUsd)]),
      style,
    ),
    toSection(
      "On the invoice, and not over in the books: `restage runs resume`, or client.resume() of your service, first; then again",
      unsettled.map(({ runId, predictionId, state }) => [runId, predictionId, state]),
      style,
    ),
  ]);
}

function toAttemptRow({ runId, predictionId, modelId, sentAt, state }: SentAttempt): readonly string[] {
  return [runId, predictionId ?? "unknown", modelId, sentAt, state];
}

function toSection(heading: string, rows: Rows, { bold, yellow }: Style): string {
  return rows.length === 0 ? "" : `\n${bold(heading)}: ${yellow(String(rows.length))}\n${toTable(rows).replace(/^/gm, "  ")}`;
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n");
}
