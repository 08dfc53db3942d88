export { AlertUndeliveredError } from "../errors/alert-undelivered-error.ts";
export { BudgetExceededError, type BudgetExcess } from "../errors/budget-exceeded-error.ts";
export { InvalidBudgetError } from "../errors/invalid-budget-error.ts";
export { InvalidInvoiceError } from "../errors/invalid-invoice-error.ts";
export { ReservationNotFoundError } from "../errors/reservation-not-found-error.ts";
export { ReservationSettledError } from "../errors/reservation-settled-error.ts";
export { UnknownPriceError } from "../errors/unknown-price-error.ts";
export type { OpenReservationsOptions, Spending, SpendingRun, StepDown } from "../runs/spending.ts";
export type { Budget, BudgetInput, BudgetPeriod } from "./budget/budget.ts";
export type { BudgetAlert } from "./budget/budget-alert.ts";
export type {
  AlertKey,
  BudgetCounter,
  BudgetStore,
  BudgetUsage,
  NotedAlert,
  Reservation,
  ReservationLine,
  ReserveAnswer,
  TakeAlertsOptions,
} from "./budget/budget-store.ts";
export type { BudgetStatus, Budgets } from "./budget/budgets.ts";
export { checkBudgetCall } from "./budget/check-budget-call.ts";
export type { AlertReceiver } from "./budget/create-alert-delivery.ts";
export { type BudgetsOptions, createBudgets } from "./budget/create-budgets.ts";
export { memoryBudgetStore } from "./budget/memory-budget-store.ts";
export { type SignedWebhookOptions, signedWebhook } from "./budget/signed-webhook.ts";
export type { BudgetList } from "./budget/stored-budgets.ts";
export { type InvoiceRow, readInvoice } from "./reconcile/read-invoice.ts";
export {
  type BookedAttempt,
  type InvoiceReconciliation,
  type ReconcileInvoiceOptions,
  reconcileInvoice,
} from "./reconcile/reconcile-invoice.ts";
export {
  type ForeignPrediction,
  type PredictionReconciliation,
  type ReconcilePredictionsOptions,
  reconcilePredictions,
  type SentAttempt,
} from "./reconcile/reconcile-predictions.ts";
