import { RestageError } from "./restage-error.ts";

/** The database refused a statement. Nothing was changed by it. */
export class DatabaseError extends RestageError {
  static override readonly code = "database";
  /** The five characters by which PostgreSQL tells errors apart; `null` where it gave none. */
  declare readonly sqlState: string | null;

  constructor(message: string, details: { readonly sqlState: string | null; readonly retryable: boolean; readonly cause?: unknown }) {
    super(message, details);
  }
}
