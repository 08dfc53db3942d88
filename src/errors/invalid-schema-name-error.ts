import { RestageError } from "./restage-error.ts";
import { show } from "./show.ts";

/** A schema's name is none that the stores put into a statement. Nothing was asked of the database. */
export class InvalidSchemaNameError extends RestageError {
  static override readonly code = "invalid_schema_name";
  declare readonly schema: string;

  constructor(schema: unknown) {
    const shown = show(schema);
    super(`${JSON.stringify(shown)} is no name of a schema: use up to 40 of a-z, 0-9 and _, not starting with a digit, without quotes`, {
      schema: shown,
    });
  }
}
