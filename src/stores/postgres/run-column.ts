import { toIsoTime } from "./to-iso-time.ts";

/** A run as the stores give it, in SQL: its record, with what the table keeps beside it. */
export const runColumn = `(record || jsonb_build_object('version', version, 'createdAt', ${toIsoTime("created_at")}, 'updatedAt', ${toIsoTime("updated_at")},
    'leaseExpiresAt', ${toIsoTime("lease_expires_at")}))::text as run`;
