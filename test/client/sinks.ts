import type { ClientEvent } from "../../src/client/client-event.ts";
import type { Sink, SinkImage } from "../../src/runs/sink.ts";

/** A sink in memory that can fail: its images by location, and every put that was tried. */
export interface MemorySink extends Sink {
  readonly images: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly puts: readonly SinkImage[];
}

/** Keeps images in memory. `put` may stand in for it at a staged image, and gives `undefined` where the sink shall go on. */
export function memorySink(put?: (image: SinkImage, tries: number, signal: AbortSignal) => unknown): MemorySink {
  const images = new Map<string, Uint8Array<ArrayBuffer>>();
  const puts: SinkImage[] = [];
  return {
    images,
    puts,
    async put(image, { signal }) {
      puts.push(image);
      const tries = puts.filter(({ kind, index }) => kind === image.kind && index === image.index).length;
      const instead = image.kind === "staged" ? await put?.(image, tries, signal) : undefined;
      if (instead !== undefined) return instead as { location: string };
      const location = `memory:${image.runId}/${image.kind}/${image.index}`;
      images.set(location, new Uint8Array(await new Response(image.body).arrayBuffer()));
      return { location };
    },
    get: async (location) => images.get(location) ?? new Uint8Array(),
  };
}

/** The events about images, without what they have in common. */
export function imageEvents(events: readonly ClientEvent[]) {
  return events.flatMap((event) => (event.type === "image.kept" || event.type === "image.failed" ? [event] : []));
}
