import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";

/** An invoice cannot be read: its columns or cells are not what `readInvoice` takes. Lists every problem with its line; nothing was changed. */
export class InvalidInvoiceError extends ProblemsError {
  static override readonly code = "invalid_invoice";

  constructor(problems: readonly Problem[]) {
    super("Invalid invoice", problems);
  }
}
