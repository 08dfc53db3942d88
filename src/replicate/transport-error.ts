import { isObject } from "../basics/is-object.ts";

// What undici and Node report before a byte of the request can have left.
const notSent = /^(ECONNREFUSED$|ENOTFOUND$|EAI_AGAIN$|UND_ERR_CONNECT_TIMEOUT$|ERR_TLS_CERT_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** No whole answer came. Stays inside this room: callers make a typed error of it that says what it means for money. */
export class TransportError extends Error {
  /** `false` only when it is certain that nothing reached Replicate. */
  declare readonly mayBeSent: boolean;
  /** What happened, as a code or a few words. */
  declare readonly reason: string;

  constructor(cause: unknown) {
    const { code, name, syscall } = describe(cause);
    const reason = name === "TimeoutError" ? "no answer in time" : (code ?? "connection lost");
    super(reason, { cause });
    this.reason = reason;
    // EHOSTUNREACH, ENETUNREACH and ETIMEDOUT befall connections that stand, too: the system call tells them apart.
    this.mayBeSent = code === undefined || !(notSent.test(code) || syscall === "connect");
  }
}

interface SystemError {
  readonly code?: unknown;
  readonly name?: string;
  readonly cause?: unknown;
  readonly syscall?: unknown;
  readonly errors?: readonly SystemError[];
}

// fetch wraps the socket's error in a TypeError; happy eyeballs wraps several in an AggregateError.
function describe(error: unknown, depth = 0): { code?: string; name?: string; syscall?: unknown } {
  if (!isObject(error) || depth > 4) return {};
  const { code, name, cause, errors, syscall = errors?.[0]?.syscall } = error as SystemError;
  if (typeof code === "string") return { code, syscall };
  return name === "TimeoutError" ? { name } : describe(cause, depth + 1);
}
