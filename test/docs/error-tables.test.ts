import { describe, expect, it } from "vitest";
import * as books from "../../src/books/index.ts";
import * as restage from "../../src/index.ts";
import * as postgres from "../../src/stores/postgres/index.ts";
import { readTable } from "./markdown-table.ts";

const { RestageError } = restage;
const problems = [{ field: "x", message: "is wrong" }];

/** Errors of every class: several where what they tell depends on the case. */
const samples: readonly InstanceType<typeof RestageError>[] = [
  new books.AlertUndeliveredError(500),
  new restage.BudgetExceededError({ budgetId: "b", limitMicroUsd: 1, leftMicroUsd: 0, neededMicroUsd: 1, resetsAt: null }),
  new restage.CapacityError("run_1", "p1", "E003"),
  new restage.ClientClosedError(),
  new restage.ConnectionError("no answer"),
  new restage.CostCapExceededError("a/b", 2, 1),
  new postgres.DatabaseError("refused", { sqlState: "42501", retryable: false }),
  new postgres.DatabaseError("undone", { sqlState: "40001", retryable: true }),
  new postgres.DatabaseUnavailableError("wrong password", { retryable: false }),
  new postgres.DatabaseUnavailableError("away", { retryable: true }),
  new restage.DeadlineError("run_1", "p1", "canceled", true),
  new restage.DeadlineError("run_1", "p1", "aborted", false),
  new restage.IdempotencyConflictError("run_1"),
  new restage.ImageDownloadError("cut"),
  new restage.ImageDownloadError("too large", { retryable: false }),
  new restage.ImagesExpiredError("run_1"),
  new restage.InsufficientCreditError(),
  new books.InvalidBudgetError(problems),
  new restage.InvalidConfigError("QwenConfig", problems),
  new restage.InvalidImageError("empty"),
  new restage.InvalidInputError("a/b", problems),
  new books.InvalidInvoiceError(problems),
  new restage.InvalidModelError("a/b", problems),
  new restage.InvalidPromptError(problems),
  new restage.InvalidRequestError(problems),
  new postgres.InvalidSchemaNameError("a b"),
  new restage.InvalidSettingError("key", problems),
  new restage.InvalidWebhookError("signature", "x"),
  new restage.SinkError("down", { billed: "yes" }),
  new restage.SinkError("no location", { retryable: false }),
  new restage.InvalidStoredSettingError("config", "key", problems),
  new postgres.ListenUnavailableError(),
  new postgres.MigrationRefusedError("lost"),
  new restage.MissingPeerError("sharp", "drawing"),
  new postgres.MissingTableError("gone"),
  new restage.MissingTokenError(),
  new restage.ModelUnavailableError({ modelId: "a/b", reason: "retired", problems, key: null }),
  new restage.ModerationError("run_1", "p1", "E005"),
  new restage.NotCreatedError("run_1"),
  new restage.OutOfMemoryError("run_1", "p1", "E1001"),
  new restage.PausedError("audit", "global"),
  new restage.PredictionFailedError("run_1", "p1", "broken"),
  new restage.PredictionStoppedError("run_1", "p1", "canceled", true),
  new restage.PredictionStoppedError("run_1", "p1", "canceled", false),
  new restage.PredictionStoppedError("run_1", "p1", "aborted", false),
  new restage.RefusedInputError(problems),
  new restage.ReplicateAnswerError(404, "not found"),
  new restage.ReplicateAnswerError(500, "broken"),
  new books.ReservationNotFoundError("run_1"),
  new books.ReservationSettledError("run_1", 1),
  new restage.RunConflictError("run_1", 1, 2),
  new restage.RunFailedError({ id: "run_1", state: "aborted" }, null),
  new restage.RunFailedError({ id: "run_1", state: "failed" }, { code: "x", message: "x", billed: "unknown" }),
  new restage.RunFailedError({ id: "run_1", state: "creating" }, null),
  new restage.RunNotFoundError("run_1"),
  new restage.RunNotWaitableError("run_1", "unknown"),
  new restage.RunNotWaitableError("run_1", "preparing"),
  new restage.StoreTimeoutError(2_000),
  new restage.ThrottledError(1_000),
  new restage.ThrottledError(null, true),
  new restage.UnauthenticatedError(),
  new restage.UnknownModelError("a/b", []),
  new restage.UnknownOutcomeError("run_1", "reset"),
  new restage.UnknownPriceError("b", "a/b"),
  new restage.UnknownVersionError("key", 1),
  new restage.UnrecordedPredictionError("run_1", "p1", new Error("database")),
  new restage.VersionConflictError("key", 1, 2),
  new restage.WaitTimeoutError("run_1", 1_000),
];

const headings = ["Before anything is sent", "From Replicate", "While waiting, and in the books", "Settings", "Books", "The database"];
const rows = headings.flatMap((heading) => readTable("docs/errors.md", heading));

const byCase = (values: readonly string[]) => (new Set(values).size > 1 ? "by case" : values[0]);

describe("the tables of errors", () => {
  it("have every error that is exported, once", () => {
    const exported = Object.entries({ ...restage, ...books, ...postgres }).filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof RestageError,
    );
    expect(rows.map((row) => row.Class).sort()).toEqual(exported.map(([name]) => name).sort());
  });

  it.each(rows)("$Code as the code has it", (row) => {
    const found = samples.filter(({ code }) => code === row.Code);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.name).toBe(row.Class);
    expect(row.Retryable).toBe(byCase(found.map(({ retryable }) => (retryable ? "yes" : "no"))));
    expect(row.Billed).toBe(byCase(found.map(({ billed }) => billed)));
  });
});
