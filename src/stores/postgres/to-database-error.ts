import { isObject } from "../../basics/is-object.ts";
import { DatabaseError } from "../../errors/database-error.ts";
import { DatabaseUnavailableError } from "../../errors/database-unavailable-error.ts";
import { MigrationRefusedError } from "../../errors/migration-refused-error.ts";
import { MissingTableError } from "../../errors/missing-table-error.ts";
import { RestageError } from "../../errors/restage-error.ts";

const distrust = "its certificate is not trusted here (look at sslmode and sslrootcert)";

/** Why the database lets nobody in, where asking again is of no use: by the code, or by how the message begins. */
const refusals: Readonly<Record<string, string>> = {
  "28000": "it refuses the user",
  "28P01": "it refuses the user or the password",
  "3D000": "it has no database of that name",
  SASL: "it wants a password",
  ERR_INVALID_URL: "its address is no URL; a password's special characters are to be percent-encoded",
  "The server does not support SSL": "it does not speak SSL (look at sslmode)",
  DEPTH_ZERO_SELF_SIGNED_CERT: distrust,
  SELF_SIGNED_CERT_IN_CHAIN: distrust,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: distrust,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: distrust,
  CERT_HAS_EXPIRED: distrust,
  ERR_TLS_CERT_ALTNAME_INVALID: distrust,
};

/** Why it does not answer, where the code tells. */
const absences: Readonly<Record<string, string>> = {
  "53300": "it has no connection left",
  "57P01": "it was shut down",
  "57P03": "it is starting or stopping",
  ECONNREFUSED: "nothing listens at its address",
  ENOTFOUND: "its host is not known",
};

const beforeDiscarding = "Export the settings first (restage config export), then discard with --discard (discard: true)";
const whereToLook = "Look at DATABASE_URL, or at what the driver was given";

/** What was undone for somebody else's sake, waited in vain, or was cut short. */
const retryable = ["40001", "40P01", "55P03", "57014"];

interface DriverError extends Error {
  readonly code?: unknown;
  /** Where Prisma has the code and message of the database. */
  readonly meta?: unknown;
}

/**
 * What a driver threw, as an error of this library. Errors of this library, aborts and bugs are given back as they are.
 * Drivers put rows, parameters and addresses into their errors: nothing is kept of one but its message, code and stack.
 */
export function toDatabaseError(error: unknown): unknown {
  if (RestageError.is(error) || !(error instanceof Error) || error.name === "AbortError") return error;
  const { name, message, stack, code: given } = findOriginal(error);
  const code = typeof given === "string" ? given : "";
  if (code === "" && /^(Type|Range|Reference|Syntax)Error$/.test(name)) return error;

  // Without a cause: of a mangled address, part of the password may be named as the database.
  const [, refusal] = Object.entries(refusals).find(([known]) => code === known || message.startsWith(known)) ?? [];
  if (refusal !== undefined) {
    return new DatabaseUnavailableError(`The database lets nobody in: ${refusal}. ${whereToLook}`, { retryable: false });
  }

  const cause = Object.assign(new Error(message), { code, stack });
  const sqlState = /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : null;
  if (sqlState === null || /^(08|57P|53300)/.test(sqlState)) {
    const absence = absences[code] ?? "the connection failed, or was lost";
    return new DatabaseUnavailableError(`The database does not answer: ${absence}. ${whereToLook}`, { retryable: true, cause });
  }
  if (isMissing(sqlState, message)) return new MissingTableError(`The database says: ${message}`, cause);
  if (sqlState === "RS001") return new MigrationRefusedError(`${message}. ${beforeDiscarding}`);
  // The messages of class 22 quote the value.
  const isValue = sqlState.startsWith("22");
  return new DatabaseError(`The database ${isValue ? "refuses a value" : `says: ${message}`} (SQLSTATE ${sqlState})`, {
    sqlState,
    retryable: retryable.includes(sqlState),
    ...(!isValue && { cause }),
  });
}

/** What the database or the network said, below whatever a query builder wrapped around it. */
function findOriginal(error: DriverError): DriverError {
  const inner = [error.meta, error.cause].find((value) => isObject(value) && (value instanceof Error || "code" in value));
  return inner === undefined ? error : findOriginal(inner as DriverError);
}

/** Whether it lacks what is ours. The trigger of another program may lack something, too. */
function isMissing(sqlState: string, message: string): boolean {
  return sqlState === "3F000" || (["42P01", "42883", "42703"].includes(sqlState) && /\brestage_|\b(?:model_)?settings\b/.test(message));
}
