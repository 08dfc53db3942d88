import { randomUUID } from "node:crypto";
import pg from "pg";

/** How the Go service and its admin use their database: plain SQL, as a role that has rights on the table `settings` alone. */
export interface GoService {
  /** The id that it writes as `updated_by`. */
  readonly adminId: string;
  /** What its worker reads for every job, into a struct with exactly these columns. */
  read(): Promise<{ readonly activeModel: string; readonly configs: Readonly<Record<string, unknown>> }>;
  saveConfig(key: string, modelId: string, config: object): Promise<void>;
  setActive(modelId: string): Promise<void>;
  remove(key: string): Promise<void>;
  close(): Promise<void>;
}

/** The setting that one of its admins never leaves alone. */
export const busyKey = "model_config_seedream_4";

const columns = ["key", "value", "description", "updated_at", "updated_by", "model_settings"];

/** The tables as the Go service's own migrations 1 to 15 left them, its ledger, and the rows that it runs on. */
export async function createGoDatabase(connectionString: string): Promise<string> {
  const owner = new pg.Client({ connectionString });
  await owner.connect();
  const [role, password] = [`go_${randomUUID().replaceAll("-", "")}`, randomUUID()];
  await owner.query(`
    create table settings (key varchar(255) primary key, value text not null, description text, updated_at timestamptz default now(), updated_by uuid);
    alter table settings add column model_settings jsonb;
    create index idx_settings_model_settings on settings using gin (model_settings);
    create table schema_migrations (version bigint not null primary key, dirty boolean not null);
    insert into schema_migrations values (15, false);
    insert into settings (key, value, description) values ('active_model', 'qwen/qwen-image-edit', 'Active model'), ('company_name', 'Acme', null);
    insert into settings (key, value, description, model_settings) values
      ('model_config_qwen', 'qwen/qwen-image-edit', 'Configuration for Qwen Image Edit model',
        '{"go_fast": true, "aspect_ratio": "match_input_image", "output_format": "webp", "output_quality": 80}'),
      ('model_config_flux_kontext_pro', 'black-forest-labs/flux-kontext-pro', 'Configuration for Flux Kontext Pro model',
        '{"output_format": "webp", "safety_tolerance": 4, "num_outputs": 2, "watermark": "none"}'),
      ('model_config_sdxl', 'acme/sdxl', 'Configuration for a model of last year', '{"steps": 30}');
    create role ${role} login password '${password}';
    grant usage on schema public to ${role};
    grant select, insert, update, delete on settings to ${role}`);
  await owner.end();
  const url = new URL(connectionString);
  [url.username, url.password] = [role, password];
  return url.href;
}

/** Connects as the Go service does. */
export async function startGoService(connectionString: string): Promise<GoService> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const adminId = randomUUID();
  const change = async (statement: string, parameters: readonly unknown[]) => {
    const { rowCount } = await client.query(statement, [...parameters]);
    if (rowCount !== 1) throw new Error(`${rowCount} rows were changed, not 1`);
  };
  return {
    adminId,
    async read() {
      const { rows, fields } = await client.query("select * from settings");
      const names = fields.map(({ name }) => name);
      // Its Scan() fails on a column more or less.
      if (names.join() !== columns.join()) throw new Error(`the columns are now ${names}`);
      const configs = rows
        .filter(({ key }) => key.startsWith("model_config_") && key !== busyKey)
        .map(({ key, model_settings }) => [key, model_settings]);
      return { activeModel: rows.find(({ key }) => key === "active_model")?.value, configs: Object.fromEntries(configs) };
    },
    saveConfig: (key, modelId, config) =>
      change(
        `insert into settings (key, value, model_settings, updated_at, updated_by) values ($1, $2, $3, now(), $4)
          on conflict (key) do update set value = excluded.value, model_settings = excluded.model_settings, updated_at = now(), updated_by = $4`,
        [key, modelId, JSON.stringify(config), adminId],
      ),
    setActive: (modelId) =>
      change("update settings set value = $1, updated_at = now(), updated_by = $2 where key = 'active_model'", [modelId, adminId]),
    remove: (key) => change("delete from settings where key = $1", [key]),
    close: () => client.end(),
  };
}
