import type { ConfigDocument, ConfigStore } from "./config-store.ts";
import { readAll } from "./read-all.ts";

/** All settings, of all projects, as one document of plain JSON. */
export interface SettingsExport {
  /** The number of this shape. */
  readonly format: 1;
  /** ISO 8601 in UTC. */
  readonly exportedAt: string;
  /** By key, in code point order. */
  readonly documents: readonly ConfigDocument[];
}

/** Everything that is stored now, without its history. See `Settings.export`. */
export async function exportSettings(store: ConfigStore): Promise<SettingsExport> {
  const documents = await readAll(store);
  return { format: 1, exportedAt: new Date().toISOString(), documents: [...documents.values()] };
}
