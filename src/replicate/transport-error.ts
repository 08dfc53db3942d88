// What undici and Node report before a byte of the request can have left.
const notSentCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);
const tlsCode = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** No whole answer came. Stays inside this room: callers make a typed error of it that says what it means for money. */
export class TransportError extends Error {
  /** `false` only when it is certain that nothing reached Replicate. */
  readonly mayBeSent: boolean;
  /** What happened, as a code or a few words. */
  readonly reason: string;

  constructor(cause: unknown) {
    const { code, name } = describe(cause);
    const reason = name === "TimeoutError" ? "no answer in time" : (code ?? "connection lost");
    super(reason, { cause });
    this.name = "TransportError";
    this.reason = reason;
    this.mayBeSent = !(code !== undefined && (notSentCodes.has(code) || tlsCode.test(code)));
  }
}

// fetch wraps the socket's error in a TypeError; happy eyeballs wraps several in an AggregateError.
function describe(error: unknown): { code?: string; name?: string } {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === "object" && at !== null; depth++) {
    const { code, name, cause } = at as { code?: unknown; name?: string; cause?: unknown };
    if (typeof code === "string") return { code };
    if (name === "TimeoutError") return { name };
    at = cause;
  }
  return {};
}
