import { AdminRequestError } from "./admin-request-error.ts";

/**
 * The version that a change stands on, as `If-Match` tells it.
 * @throws {AdminRequestError} 428 where it tells none, 400 where it is none.
 */
export function readVersion({ headers }: Request): number {
  const text = headers.get("if-match");
  const wayOut = 'If-Match must be the ETag that the last GET of this address gave, such as "3"; "0" where nothing is stored';
  if (text === null) throw new AdminRequestError(428, "version_required", `${wayOut}: so nobody overwrites what somebody else has changed`);
  // Proxies that pack answers make an ETag a weak one; the number in it is as exact as it was.
  const [, digits] = /^(?:W\/)?"(\d{1,15})"$/.exec(text.trim()) ?? [];
  if (digits === undefined) throw new AdminRequestError(400, "malformed_version", wayOut);
  return Number(digits);
}
