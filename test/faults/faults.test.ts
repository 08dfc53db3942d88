import { inject, it } from "vitest";
import { faultKinds } from "../../faults/fault-kinds.ts";
import { runSuite } from "../../faults/run-suite.ts";
import { toTable } from "../../faults/to-table.ts";

// Another one each time: what `npm run faults` would find in ten thousand stagings, this finds sooner or later.
const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));

it("loses nothing, pays nothing twice and shows no secret, whatever breaks", async () => {
  const result = await runSuite({
    kinds: faultKinds,
    stagings: 400,
    processShare: 0.15,
    kindsAtOnce: 24,
    seed,
    toDatabaseUrl: async () => inject("databaseUrl"),
  });
  if (!result.isKept) throw new Error(`FAULTS_SEED=${seed} repeats this:\n${toTable(result)}`);
}, 120_000);
