import fc from "fast-check";
import { it } from "vitest";
import { memoryBudgetStore } from "../../src/books/budget/memory-budget-store.ts";
import { anyRounds, checkRounds } from "./budget-actions.ts";

it("counts any order of reserving, settling, releasing and retrying as the model does, and decides as it does", async () => {
  await fc.assert(
    fc.asyncProperty(anyRounds(1), (rounds) => checkRounds([memoryBudgetStore()], rounds)),
    { numRuns: 150 },
  );
});

it("loses nothing when several callers come at once", async () => {
  await fc.assert(
    fc.asyncProperty(anyRounds(8), (rounds) => checkRounds([memoryBudgetStore()], rounds)),
    { numRuns: 75 },
  );
});
