import type { Author } from "../settings/config-store.ts";
import { AdminRequestError } from "./admin-request-error.ts";
import type { Authorize, Authorized, Permission } from "./permission.ts";

/**
 * Who asks, once he may.
 * @throws {AdminRequestError} 401 for nobody, 403 for somebody who may only read.
 * @throws what `authorize` throws.
 */
export async function authorise(authorize: Authorize, request: Request, permission: Permission): Promise<Author> {
  const author = await findAuthor(authorize, request, permission);
  if (author !== null) return author;
  const mayRead = permission !== "read" && (await findAuthor(authorize, request, "read")) !== null;
  if (mayRead) throw new AdminRequestError(403, "forbidden", `You may look, but not ${permission}: ask for the right to ${permission}`);
  throw new AdminRequestError(401, "unauthenticated", "Nobody is signed in who may see this: sign in and try again");
}

/** Who asks; `null` for somebody who may not. */
export async function findAuthor(authorize: Authorize, request: Request, permission: Permission): Promise<Author | null> {
  const found = await authorize(request, permission);
  if (found === null || found === undefined || found instanceof Response) return null;
  return checkAuthor(found);
}

// The host's mistake, and nobody's right: a change without a name must not get into the history.
function checkAuthor({ author }: Authorized): Author {
  const { id, name } = (author ?? {}) as Partial<Author>;
  if (typeof name !== "string" || name.trim() === "") throw new TypeError("authorize must give { author: { name } }, or null");
  return { name, ...(id !== undefined && { id }) };
}
