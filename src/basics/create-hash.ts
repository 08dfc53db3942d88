import { concatenate } from "./concatenate.ts";
import { sha256 } from "./sha256.ts";

/** The SHA-256 of bytes that come piece by piece. */
export interface Hash {
  update(chunk: Uint8Array): void;
  /** In hex. */
  digest(): Promise<string>;
}

// Web Crypto hashes only what is all there: without Node's, the pieces are kept until then.
const node = globalThis.process?.getBuiltinModule?.("node:crypto");

/** Begins a hash. */
export function createHash(): Hash {
  const hash = node?.createHash("sha256");
  const chunks: Uint8Array[] = [];
  return {
    update(chunk) {
      if (hash) hash.update(chunk);
      else chunks.push(new Uint8Array(chunk));
    },
    digest: async () => hash?.digest("hex") ?? sha256(concatenate(chunks)),
  };
}
