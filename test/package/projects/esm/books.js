import assert from "node:assert/strict";
import { BudgetExceededError, memoryConfigStore, StagingClient } from "restage";
import { createBudgets, memoryBudgetStore, readInvoice } from "restage/books";

const budgets = createBudgets({ store: memoryBudgetStore(), configStore: memoryConfigStore() });
await budgets.set({ id: "all", period: "month", limitMicroUsd: 1 }, { author: { name: "Ada" } });
const client = new StagingClient({ token: "r8_none", budgets });
await assert.rejects(client.stage({ image: "https://example.com/room.jpg", room: "bedroom" }), (error) => BudgetExceededError.is(error));
assert.equal(readInvoice("prediction_id,amount_usd\nabc123,0.03\n")[0].microUsd, 30_000);
console.log("ok");
