import type { Author } from "../settings/config-store.ts";

/** What somebody wants to do: look, change settings, or stage a photo, which costs money. */
export type Permission = "read" | "write" | "spend";

/** Who somebody is, for the history of what he changes. */
export interface Authorized {
  readonly author: Author;
}

/**
 * Tells who asks, and whether he may: `null` where he may not. Where he may not write or spend it is asked whether he may read, to tell
 * 403 from 401. A `Response` is what a person without a session gets instead of the page, such as a redirect to a login; for all
 * else it counts as `null`. One that throws lets nobody in.
 */
export type Authorize = (
  request: Request,
  permission: Permission,
) => Authorized | Response | null | undefined | Promise<Authorized | Response | null | undefined>;
