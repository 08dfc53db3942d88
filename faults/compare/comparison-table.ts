import { toTable } from "../../src/cli/table.ts";
import type { ComparedClient } from "../clients/compared-client.ts";
import type { ComparisonEntry } from "./compare-clients.ts";
import type { KindGroup } from "./compared-kinds.ts";
import { type Tally, toTally } from "./tally.ts";

// One column for each client, so that a long name widens no column of figures.
const toCell = (ends: string, creates: string, paidTwice: string) => `│ ${ends.padEnd(11)} ${creates.padStart(5)} ${paidTwice.padStart(6)}`;

/**
 * One row for each kind, with a group's sum below its kinds, and the totals of each client at the end. Of each client: how its stagings
 * ended, the creates that it sent, and the stagings that were paid more than once.
 */
export function toComparisonTable(
  groups: readonly KindGroup[],
  clients: readonly ComparedClient[],
  entries: readonly ComparisonEntry[],
): string {
  const toCells = (fits: (entry: ComparisonEntry) => boolean) =>
    clients.map(({ name }) => toTallyCell(toTally(entries.filter((entry) => entry.client === name && fits(entry)))));
  const rows = groups.flatMap(({ title, kinds }) => {
    const names = new Set(kinds.map(({ name }) => name));
    return [
      [title],
      ...kinds.map(({ name }) => [`  ${name}`, ...toCells(({ kind }) => kind === name)]),
      ["  all of them", ...toCells(({ kind }) => names.has(kind))],
    ];
  });
  const heads = [
    ["", ...clients.map(({ name }) => `│ ${name}`)],
    ["kind of fault", ...clients.map(() => toCell("ok/err/hung", "sent", "twice"))],
  ];
  return `${toTable([...heads, ...rows])}\n\n${toTotals(clients, entries)}`;
}

/** What came of all stagings of each client. */
function toTotals(clients: readonly ComparedClient[], entries: readonly ComparisonEntry[]): string {
  const heads = ["client", "stagings", "images", "errors", "hung", "creates", "predictions", "paid", "paid twice", "paid, no image"];
  const rows = clients.map(({ name, version }) => {
    const tally = toTally(entries.filter(({ client }) => client === name));
    const { stagings, images, errors, hung, creates, predictions, paid, paidTwice, paidForNothing } = tally;
    return [`${name} ${version}`, ...[stagings, images, errors, hung, creates, predictions, paid, paidTwice, paidForNothing].map(String)];
  });
  return toTable([heads, ...rows], heads.map((_, column) => column).slice(1));
}

function toTallyCell({ images, errors, hung, creates, paidTwice }: Tally): string {
  return toCell(`${images}/${errors}/${hung}`, String(creates), paidTwice === 0 ? "–" : String(paidTwice));
}
