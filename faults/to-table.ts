import type { SuiteResult } from "./run-suite.ts";
import type { Tally } from "./tally.ts";

const columns = ["stagings", "creates", "predictions", "billed", "staged", "told", "leftUnknown", "lost", "paidTwice", "mistaken"] as const;
const heads = ["stagings", "creates", "created", "billed", "staged", "told", "left", "lost", "paid twice", "mistaken"];

/** The result as a table: one line a kind, the total, and what no client can rule out below it. */
export function toTable({ seed, tallies, namedRisks, canary, durationMs, longestStallMs }: SuiteResult): string {
  const width = Math.max(...[...tallies, ...namedRisks].map(({ kind }) => kind.length)) + 2;
  const line = (first: string, cells: readonly (string | number)[]) =>
    first.padEnd(width) + cells.map((cell, index) => String(cell).padStart((heads[index]?.length ?? 0) + 2)).join("");
  const toLine = (tally: Tally) =>
    `${line(
      tally.kind,
      columns.map((column) => tally[column]),
    )}  ${tally.title}`;
  const sum = columns.map((column) => tallies.reduce((total, tally) => total + tally[column], 0));
  const findings = [...tallies, ...namedRisks].flatMap((tally) => tally.findings);
  return [
    line("fault", heads),
    ...tallies.map(toLine),
    line("TOTAL", sum),
    ...(namedRisks.length > 0 ? ["", "The named risk, which no client rules out while Replicate takes no idempotency key:"] : []),
    ...namedRisks.map(toLine),
    "",
    `left: for a person, as the design says. told: a typed error says that nothing was billed, and stays so.`,
    `Canaries: searched ${canary.texts} texts, ${canary.hits.length} hits.`,
    ...new Set(canary.hits.map((hit) => `  ${hit}`)),
    `Seed ${seed}, ${(durationMs / 1000).toFixed(0)} s, ${tallies.length} kinds of fault. This process stood still for ${longestStallMs} ms at most.`,
    ...findings.slice(0, 20).map((finding) => `\n✗ ${finding}`),
    ...(findings.length > 20 ? [`\n… and ${findings.length - 20} more`] : []),
  ].join("\n");
}
