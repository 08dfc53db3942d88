import { RestageError } from "./restage-error.ts";

/** A budget refuses models without a price, and the run's model has none. Nothing was sent, and nothing reserved. */
export class UnknownPriceError extends RestageError {
  static override readonly code = "unknown_price";
  declare readonly budgetId: string;
  declare readonly modelId: string;

  constructor(budgetId: string, modelId: string) {
    const wayOut = 'give the model a price, or set unknownPrice: "allow" on the budget';
    super(`The budget ${budgetId} refuses models without a price, and ${modelId} has none: ${wayOut}`, { budgetId, modelId });
  }
}
