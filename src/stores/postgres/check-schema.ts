import { InvalidSchemaNameError } from "../../errors/invalid-schema-name-error.ts";

/**
 * The name of a schema, fit to stand in a statement as it is.
 * @throws {InvalidSchemaNameError}
 */
export function checkSchema(schema = "public"): string {
  if (typeof schema !== "string" || !/^[a-z_][a-z0-9_]{0,39}$/.test(schema)) throw new InvalidSchemaNameError(schema);
  return schema;
}
