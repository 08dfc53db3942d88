import { createHash, type Hash } from "../basics/create-hash.ts";

/** Bytes on their way through to somebody else: whatever passes is counted, hashed where its hash is not known, and not kept. */
export interface Passage {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** What `read` failed with, since whoever reads `body` may tell it otherwise. */
  readonly failure: { readonly error: unknown } | undefined;
  /** Length and SHA-256 in hex of what has passed; `undefined` when it was not read to its end. */
  finish(): Promise<{ readonly byteLength: number; readonly sha256: string } | undefined>;
}

/** A way through for the bytes that `read` gives piece by piece; `undefined` is behind the last ones. The signal closes it. */
export function createPassage(
  read: () => Promise<Uint8Array<ArrayBuffer> | undefined>,
  signal: AbortSignal,
  knownSha256?: string,
): Passage {
  const hash = knownSha256 === undefined ? createHash() : undefined;
  let byteLength = 0;
  let isOver = false;
  let failure: Passage["failure"];
  let turn: Promise<unknown> = Promise.resolve();

  async function next(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    signal.throwIfAborted();
    try {
      const chunk = await read();
      if (chunk === undefined) isOver = true;
      else hash?.update(chunk);
      byteLength += chunk?.length ?? 0;
      return chunk;
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> {
    const pulled = next();
    turn = pulled.catch(() => undefined);
    const chunk = await pulled;
    if (chunk) controller.enqueue(chunk);
    else controller.close();
  }

  return {
    // Nothing is read ahead: what is not asked for waits at its source.
    body: new ReadableStream({ pull }, { highWaterMark: 0 }),
    get failure() {
      return failure;
    },
    async finish() {
      await turn;
      // Whoever knows the length need not look behind the last byte.
      if (!isOver && (failure !== undefined || (await next()) !== undefined)) return undefined;
      return { byteLength, sha256: knownSha256 ?? (await (hash as Hash).digest()) };
    },
  };
}
