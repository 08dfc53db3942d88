/** A step of the schema, for any runner. All its statements belong into one transaction, each is sent alone. */
export interface Migration {
  /** How the ledger knows it; the order they are applied in. */
  readonly version: number;
  readonly name: string;
  /** Harmless where it was applied before: what is there stays as it is. */
  up(schema: string): readonly string[];
  /**
   * Removes what `up` made. Where that would discard what people made, it fails with SQLSTATE `RS001`, unless the transaction has the
   * setting `restage.discard` at `on`.
   */
  down(schema: string): readonly string[];
}
