const pieceBytes = 262_144;

/**
 * Gives bytes piece by piece; `undefined` is behind the last one. Each piece is a copy: a sink may write into it, or take its memory over,
 * and the bytes are still there for another try.
 */
export function readPieces(bytes: Uint8Array<ArrayBuffer>): () => Promise<Uint8Array<ArrayBuffer> | undefined> {
  let at = 0;
  return async () => {
    if (at >= bytes.length) return undefined;
    const piece = bytes.slice(at, at + pieceBytes);
    at += piece.length;
    return piece;
  };
}
