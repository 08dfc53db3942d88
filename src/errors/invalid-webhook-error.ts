import { RestageError } from "./restage-error.ts";

/** Why a webhook is not believed. */
export type WebhookFlaw = "missing_header" | "malformed" | "stale" | "future" | "signature" | "too_large";

/** A webhook that is not Replicate's, was changed on its way, or is too old: nothing of it may be believed. */
export class InvalidWebhookError extends RestageError {
  static override readonly code = "invalid_webhook";
  /** `stale` and `future`: sent more than five minutes from now, by this machine's clock; `signature`: none fits any of the secrets. */
  declare readonly reason: WebhookFlaw;

  /** `detail` quotes neither the body nor a secret. */
  constructor(reason: WebhookFlaw, detail: string) {
    super(`The webhook is not to be believed: ${detail}`, { reason });
  }
}
