import { expect, it } from "vitest";
import { formatUsd } from "../../src/model/price.ts";
import { registry } from "../../src/models/registry.ts";
import { readTable } from "./markdown-table.ts";

it("the table of prices is the code's", () => {
  const rows = registry.list().map(({ id, price }) => ({
    Model: id,
    Per: price?.per.replace("_", " "),
    Price: formatUsd(price?.microUsd ?? null),
    "As of": price?.asOf,
    Source: price?.source,
  }));
  const byModel = (one: { readonly Model?: string }, other: { readonly Model?: string }) =>
    (one.Model ?? "").localeCompare(other.Model ?? "");
  expect([...readTable("docs/costs.md", "Prices")].sort(byModel)).toEqual(rows.sort(byModel));
});
