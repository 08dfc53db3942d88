import { toTable as toColumns } from "../src/cli/table.ts";
import { formatUsd } from "../src/model/price.ts";
import type { SuiteResult } from "./run-suite.ts";
import type { Tally } from "./tally.ts";

const columns = ["stagings", "creates", "predictions", "billed", "staged", "told", "leftUnknown", "lost", "paidTwice", "mistaken"] as const;
const heads = ["fault", "struck", "stagings", "creates", "created", "billed", "staged", "told", "left", "lost", "paid twice", "mistaken"];
const numbers = heads.map((_, column) => column).slice(1);

/** The result as a table: one line a kind, the total, and what no client can rule out below it. */
export function toTable({
  seed,
  tallies,
  namedRisks,
  unfinished,
  broken,
  canary,
  durationMs,
  longestStallMs,
  isKept,
}: SuiteResult): string {
  const toLine = (tally: Tally) => [
    tally.kind,
    String(toStrikes(tally)),
    ...columns.map((column) => String(tally[column])),
    tally.mayLeave ? "yes" : "no",
    [
      tally.title,
      ...tally.leftFor.map((reason) => `left: ${reason}`),
      ...(tally.told > 0 ? [`told: ${tally.toldBy.join(", ")}`] : []),
    ].join("; "),
  ];
  const sums = columns.map((column) => tallies.reduce((total, tally) => total + tally[column], 0));
  const strikes = tallies.reduce((total, tally) => total + toStrikes(tally), 0);
  // What cost money first.
  const all = [...tallies, ...namedRisks].flatMap((tally) => tally.findings);
  const findings = [...all.filter((finding) => finding.includes(": paid ")), ...all.filter((finding) => !finding.includes(": paid "))];
  const risk = "The named risk, which no client rules out while Replicate takes no idempotency key:";
  return [
    toColumns([[...heads, "may be left", ""], ...tallies.map(toLine), ["TOTAL", String(strikes), ...sums.map(String)]], numbers),
    ...(namedRisks.length > 0 ? ["", risk, toColumns([[...heads, "may be left", ""], ...namedRisks.map(toLine)], numbers)] : []),
    "",
    "struck: how often the fault happened. left: unknown, for a person. told: a typed error says that nothing was billed, and stays so.",
    toMoneyLine(tallies),
    `Canaries: ${canary.hits.length} hits in ${canary.texts} texts. Of ${canary.planted} that were planted ${canary.missed.length} were missed.`,
    ...new Set([...canary.hits, ...canary.missed.map((where) => `missed: ${where}`)].map((hit) => `  ${hit}`)),
    `Seed ${seed}, ${(durationMs / 1000).toFixed(0)} s, ${tallies.length} kinds of fault. This process stood still for ${longestStallMs} ms at most.`,
    ...(unfinished.length > 0 ? [`✗ Not done: ${unfinished.join(", ")}`] : []),
    ...broken.map((what) => `\n✗ ${what}`),
    ...findings.slice(0, 20).map((finding) => `\n✗ ${finding}`),
    ...(findings.length > 20 ? [`\n… and ${findings.length - 20} more`] : []),
    isKept ? "\n✓ Nothing lost, nothing paid twice, nothing left that may not be." : "\n✗ Not as it must be.",
  ].join("\n");
}

function toMoneyLine(tallies: readonly Tally[]): string {
  const sum = (pick: (tally: Tally) => number) => formatUsd(tallies.reduce((total, tally) => total + pick(tally), 0));
  const [billed, booked, unheld] = [
    ({ billedMicroUsd }: Tally) => billedMicroUsd,
    ({ bookedMicroUsd }: Tally) => bookedMicroUsd,
    ({ unheldMicroUsd }: Tally) => unheldMicroUsd,
  ].map(sum);
  return `Money: ${billed} billed, ${booked} in the books to the micro-dollar, ${unheld} of runs left for a person and of ends whose charge is not established.`;
}

function toStrikes({ injected }: Tally): number {
  return Object.values(injected).reduce((sum, times) => sum + times, 0);
}
