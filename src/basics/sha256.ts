// Faster than a job of Web Crypto where there is little to hash; more is better done off the main thread. Browsers and edge runtimes have none.
const node = globalThis.process?.getBuiltinModule?.("node:crypto");

const offThreadBytes = 262_144;

/** The SHA-256 of bytes or of a text's UTF-8, in hex. */
export async function sha256(data: string | Uint8Array<ArrayBuffer>): Promise<string> {
  if (node && data.length < offThreadBytes) return node.createHash("sha256").update(data).digest("hex");
  const digest = await crypto.subtle.digest("SHA-256", typeof data === "string" ? new TextEncoder().encode(data) : data);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
