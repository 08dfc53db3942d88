/** A client as its own documentation says to use it for an image model; nothing but its address and token is set. */
export interface ComparedClient {
  /** The name of its package. */
  readonly name: string;
  readonly version: string;
  /** Whether it brings a clock as fast as the simulator; the timers of all others are hastened instead. */
  readonly hasClock: boolean;
  /** A client of this simulator. */
  open(replicate: { readonly url: string; readonly token: string }): Promise<OpenClient>;
}

/** A client that points at a simulator. */
export interface OpenClient {
  /** Stages one photo, and gives the image that came home. Rejects where none did. */
  stage(prompt: string, photoUrl: string, signal: AbortSignal): Promise<Uint8Array>;
}
