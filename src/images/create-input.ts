import { concatenate } from "../basics/concatenate.ts";

/**
 * Bytes that come piece by piece, for a reader that waits for them by yielding. What it has seen is good until it waits again: whoever gets
 * what is taken may do with that memory what he likes.
 */
export interface Input {
  push(piece: Uint8Array<ArrayBuffer>): void;
  /** No piece comes any more. */
  end(): void;
  /** All that is there: so many bytes at least, fewer only at the end. They stay. */
  peek(length: number): Generator<undefined, Uint8Array<ArrayBuffer>>;
  /** So many bytes, fewer only at the end. */
  take(length: number): Generator<undefined, Uint8Array<ArrayBuffer>>;
  /** The next bytes that are there, at most so many; none only at the end. */
  takeSome(length: number): Generator<undefined, Uint8Array<ArrayBuffer>>;
  /** Keeps what nobody has taken yet in memory of its own. */
  letGo(): void;
}

/** An input that has no bytes yet. */
export function createInput(): Input {
  let left = new Uint8Array();
  let isOver = false;

  function* peek(length: number): Generator<undefined, Uint8Array<ArrayBuffer>> {
    while (left.length < length && !isOver) yield undefined;
    return left;
  }

  function cut(length: number): Uint8Array<ArrayBuffer> {
    const bytes = left.subarray(0, length);
    left = left.subarray(length);
    return bytes;
  }

  return {
    push(piece) {
      left = left.length === 0 ? piece : concatenate([left, piece]);
    },
    end() {
      isOver = true;
    },
    peek,
    *take(length) {
      yield* peek(length);
      return cut(length);
    },
    *takeSome(length) {
      yield* peek(Math.min(1, length));
      return cut(length);
    },
    letGo() {
      left = new Uint8Array(left);
    },
  };
}
