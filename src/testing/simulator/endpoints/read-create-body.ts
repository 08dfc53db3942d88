import { toUnknown } from "../check-input.ts";
import { type InvalidField, refuse, refuseFields } from "../problem-response.ts";
import type { WebhookEvent } from "../webhook-options.ts";

/** The body of a create, its input not yet checked. */
export interface CreateBody {
  readonly version: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
  readonly webhook: {
    readonly url: string;
    readonly events: readonly WebhookEvent[];
    readonly filter: readonly WebhookEvent[] | null;
  } | null;
}

const allEvents: readonly WebhookEvent[] = ["start", "output", "logs", "completed"];
// Without a filter: new outputs, and the end (Replicate HTTP API docs, 2026-11).
const usualEvents: readonly WebhookEvent[] = ["output", "completed"];

/**
 * Reads the body of a create. Any key but those given here is refused (Replicate HTTP API docs, 2026-11).
 * @throws {Refusal} 400 or 422.
 */
export function readCreateBody(body: unknown, takesVersion: boolean): CreateBody {
  if (body === null || typeof body !== "object" || Array.isArray(body)) throw refuse(400, "The request body must be a JSON object.");
  const fields: Readonly<Record<string, unknown>> = { ...body };
  const { version, input, webhook, webhook_events_filter: filter } = fields;
  const known = ["input", "webhook", "webhook_events_filter", ...(takesVersion ? ["version"] : [])];
  const invalid: InvalidField[] = Object.keys(fields)
    .filter((name) => !known.includes(name))
    .map((name) => toUnknown("", name));
  const isInput = typeof input === "object" && input !== null && !Array.isArray(input);
  if (input === undefined) invalid.push({ type: "required", field: "", description: "input is required" });
  else if (!isInput) invalid.push({ type: "invalid_type", field: "input", description: "Invalid type. Expected: object" });
  if (takesVersion && typeof version !== "string") invalid.push({ type: "required", field: "", description: "version is required" });
  if (webhook !== undefined && !isWebhookAddress(webhook)) {
    invalid.push({ type: "format", field: "webhook", description: "webhook must be an HTTPS URL" });
  }
  if (filter !== undefined && !isEventList(filter)) {
    invalid.push({ type: "enum", field: "webhook_events_filter", description: `must be a list of ${allEvents.join(", ")}` });
  }
  if (invalid.length > 0) throw refuseFields(invalid);
  const listed = isEventList(filter) ? filter : null;
  return {
    version: typeof version === "string" ? version : undefined,
    input: { ...(input as Record<string, unknown>) },
    webhook: typeof webhook === "string" ? { url: webhook, events: listed ?? usualEvents, filter: listed } : null,
  };
}

// Plain http on the loopback address too, which the real Replicate could not reach: a test's receiver has no certificate.
function isWebhookAddress(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value) && /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/i.test(value);
}

function isEventList(value: unknown): value is readonly WebhookEvent[] {
  return Array.isArray(value) && value.every((event) => allEvents.includes(event));
}
