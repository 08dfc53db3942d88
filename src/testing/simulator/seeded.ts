import { createHash } from "node:crypto";

/** Repeatable names and choices of one simulator. */
export interface Seeded {
  /** An id as Replicate gives them: 26 letters and digits. */
  id(kind: string): string;
  /** A number from 0 up to, not including, 1. */
  share(label: string): number;
  /** A whole number from 0 to 2^31 - 1. */
  integer(label: string): number;
  /** A token as Replicate gives them. */
  token(): string;
  /** A webhook secret: `whsec_` and 32 bytes in base64. */
  webhookSecret(): string;
}

/** Names and choices that depend on the seed and on nothing else. */
export function createSeeded(seed: number): Seeded {
  let count = 0;
  const hash = (label: string): Buffer => createHash("sha256").update(`${seed}:${label}`).digest();
  const spell = (bytes: Uint8Array, alphabet: string): string => Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join("");
  return {
    id: (kind) => spell(hash(`${kind}:${++count}`).subarray(0, 26), "abcdefghijklmnopqrstuvwxyz0123456789"),
    share: (label) => hash(label).readUInt32BE() / 2 ** 32,
    integer: (label) => hash(label).readUInt32BE() >>> 1,
    token: () => {
      const bytes = Buffer.concat([hash("token"), hash("token tail")]).subarray(0, 37);
      return `r8_${spell(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}`;
    },
    webhookSecret: () => `whsec_${hash("webhook secret").toString("base64")}`,
  };
}
