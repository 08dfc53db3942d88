// What undici and Node report before a byte of the request can have left.
const notSentCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);
const tlsCode = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** No whole answer came. Stays inside this room: callers make a typed error of it that says what it means for money. */
export class TransportError extends Error {
  /** `false` only when it is certain that nothing reached Replicate. */
  readonly mayBeSent: boolean;
  /** What happened, as a code or a few words. */
  readonly reason: string;

  constructor(cause: unknown) {
    const { code, name, syscall } = describe(cause);
    const reason = name === "TimeoutError" ? "no answer in time" : (code ?? "connection lost");
    super(reason, { cause });
    this.name = "TransportError";
    this.reason = reason;
    // EHOSTUNREACH, ENETUNREACH and ETIMEDOUT befall connections that stand, too: the system call tells them apart.
    this.mayBeSent = !(code !== undefined && (notSentCodes.has(code) || tlsCode.test(code) || syscall === "connect"));
  }
}

// fetch wraps the socket's error in a TypeError; happy eyeballs wraps several in an AggregateError.
function describe(error: unknown): { code?: string; name?: string; syscall?: unknown } {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === "object" && at !== null; depth++) {
    const { code, name, cause, errors, syscall = first(errors)?.syscall } = at as SystemError;
    if (typeof code === "string") return { code, syscall };
    if (name === "TimeoutError") return { name };
    at = cause;
  }
  return {};
}

interface SystemError {
  readonly code?: unknown;
  readonly name?: string;
  readonly cause?: unknown;
  readonly syscall?: unknown;
  readonly errors?: unknown;
}

function first(errors: unknown): SystemError | undefined {
  return Array.isArray(errors) ? (errors[0] ?? undefined) : undefined;
}
