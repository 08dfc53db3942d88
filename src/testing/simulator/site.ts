/** The addresses under which a caller knows the simulator. */
export interface Site {
  /** The base of the HTTP API, without a slash at its end. */
  readonly api: string;
  /** The base of output files. */
  readonly outputs: string;
}

const replicateSite: Site = { api: "https://api.replicate.com/v1", outputs: "https://replicate.delivery/output" };
const replicateOrigins = new Set(["https://api.replicate.com", "https://replicate.delivery"]);

/** The site that a request was sent to: Replicate's own addresses, or those of the simulator (or of a proxy before it). */
export function toSite({ origin }: URL): Site {
  return isReplicateOrigin(origin) ? replicateSite : { api: `${origin}/v1`, outputs: `${origin}/output` };
}

/** Whether this is one of the real Replicate's own origins. */
export function isReplicateOrigin(origin: string): boolean {
  return replicateOrigins.has(origin);
}
