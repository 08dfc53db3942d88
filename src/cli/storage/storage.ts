import { createSettings } from "../../settings/create-settings.ts";
import type { Settings } from "../../settings/settings.ts";
import { memoryConfigStore } from "../../stores/memory/memory-config-store.ts";
import { postgresConfigStore } from "../../stores/postgres/postgres-config-store.ts";
import { unmigratedConfigStore } from "../../stores/postgres/unmigrated-config-store.ts";
import type { Connection } from "./connection.ts";

/** Where a command keeps settings and runs. */
export interface Storage {
  readonly settings: Settings;
  /** The rows of the table `settings` alone, for a database that is not migrated. */
  readonly unmigrated: Settings;
  /** For people: `.restage (PGlite)`. Holds no credentials. */
  readonly place: string;
  close(): Promise<void>;
}

/** The settings of a connection. */
export function toStorage({ sql, schema, place, close }: Connection): Storage {
  const settings = createSettings({ store: postgresConfigStore({ sql, schema }) });
  const unmigrated = createSettings({ store: unmigratedConfigStore({ sql, schema }) });
  return { settings, unmigrated, place, close };
}

/** No settings at all, and nothing to close. */
export function emptyStorage(place: string): Storage {
  const settings = createSettings({ store: memoryConfigStore() });
  return { settings, unmigrated: settings, place, close: async () => undefined };
}
