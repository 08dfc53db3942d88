import type { PublishedInput } from "../../model/published-input.ts";
import type { PhotoSource } from "./photo-source.ts";
import type { PredictionRecord } from "./prediction-record.ts";
import type { SimulatorSettings } from "./simulator-settings.ts";
import { toDrawRequest } from "./to-draw-request.ts";

/** The bytes of an output: drawn when it is asked for first, the same ever after. */
export function drawOutput(record: PredictionRecord, index: number, settings: SimulatorSettings): Promise<Uint8Array> {
  const known = record.drawn.get(index);
  if (known !== undefined) return known;
  const drawing = draw(record, index, settings);
  record.drawn.set(index, drawing);
  drawing.catch(() => record.drawn.delete(index));
  return drawing;
}

async function draw(record: PredictionRecord, index: number, settings: SimulatorSettings): Promise<Uint8Array> {
  const photo = await readPhoto(record.photos[0], settings);
  const published = record.model.published as PublishedInput;
  return settings.draw(toDrawRequest(published, record.input, { photo, seed: record.seed, index }));
}

async function readPhoto(photo: PhotoSource | undefined, settings: SimulatorSettings): Promise<Uint8Array | null> {
  if (photo === undefined) return null;
  if (photo.kind === "address") return settings.fetchPhoto(photo.url);
  return photo.kind === "bytes" ? photo.bytes : (photo.file?.bytes ?? null);
}
