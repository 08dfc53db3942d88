import { fromBase64 } from "../basics/from-base64.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";

/**
 * The keys in signing secrets.
 * @throws {InvalidRequestError} when there are none, or one is none.
 */
export function parseWebhookSecrets(secrets: readonly string[]): readonly Uint8Array<ArrayBuffer>[] {
  if (!Array.isArray(secrets) || secrets.length === 0) refuse("secrets", "must be a list of signing secrets");
  return secrets.map((secret, index) => {
    const isSecret = /^whsec_(?=.)([A-Za-z\d+/]{4})*([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(secret);
    return isSecret ? fromBase64(secret.slice("whsec_".length)) : refuse(`secrets[${index}]`, "must be whsec_ and base64, nothing else");
  });
}

function refuse(field: string, message: string): never {
  throw new InvalidRequestError([{ field, message }]);
}
