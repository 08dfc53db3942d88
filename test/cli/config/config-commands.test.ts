import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { runCommandLine } from "../../../src/cli/run-command-line.ts";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { createReplicateSimulator } from "../../../src/testing/index.ts";
import { createDatabase, type TestDatabase } from "../../postgres/create-database.ts";
import { recordTerminal } from "../record-terminal.ts";

let database: TestDatabase;
let pool: pg.Pool;
let place: string;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "restage-config-"));
});
afterAll(() => rm(directory, { recursive: true }));

beforeEach(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.connectionString });
  const { hostname, port, pathname } = new URL(database.connectionString);
  place = `the database of DATABASE_URL (${hostname}:${port}${pathname})`;
  vi.stubEnv("DATABASE_URL", database.connectionString);
  vi.stubEnv("RESTAGE_DATA", join(directory, "never"));
  vi.stubEnv("REPLICATE_MODEL_VERSION", undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await pool.end();
  await database.drop();
});

async function run(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const terminal = recordTerminal();
  const code = await runCommandLine(words, terminal);
  return { code, stdout: terminal.printed.join("\n"), stderr: terminal.noted.join("\n") };
}

/** What a command says with --json; it must end with this code. */
async function ask(words: readonly string[], expected = 0) {
  const { code, stdout } = await run(...words, "--json");
  expect(code, stdout).toBe(expected);
  return JSON.parse(stdout);
}

const change = (...words: string[]) => run("config", "set", "qwen-image-edit", "--author", "Ada", ...words);

describe("on a migrated database", () => {
  beforeEach(() => migrate({ sql: fromPg(pool) }));

  it("changes the fields that are named, keeps the others, and says what changed and where it went", async () => {
    const { code, stdout } = await change("output_quality=90", "seed=7", "--note", "for print");
    expect(stdout).toContain("  output_quality  80         →  90\n");
    expect(stdout).toContain("  seed            inherited  →  7\n");
    expect(stdout).toContain(`✓ saved as version 2 in ${place}`);
    expect(code).toBe(0);
    const { fields, versions } = await ask(["config", "get", "qwen/qwen-image-edit"]);
    expect(fields).toContainEqual({ field: "output_quality", value: 90, origin: "global", version: 2, sent: true });
    expect(fields).toContainEqual({ field: "go_fast", value: true, origin: "global", version: 2, sent: true });
    expect(versions).toEqual({ global: 2, project: null });

    await change("--unset", "output_quality", "seed=null");
    const after = (await run("config", "get", "qwen-image-edit")).stdout;
    expect(after).toMatch(/^Qwen Image Edit qwen\/qwen-image-edit · global · the database of/);
    expect(after).toMatch(/\n {2}output_quality +80 +default\n {2}seed +unset +default\n/);
  });

  it("writes nothing where the result is invalid, or another version is stored than the expected one", async () => {
    const invalid = await change("output_quality=900", "sharpness=3");
    expect(invalid).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/sharpness[\s\S]*output_quality|output_quality[\s\S]*sharpness/),
    });
    const { error } = await ask(["config", "set", "qwen-image-edit", "seed=1", "--expected-version", "7"], 1);
    expect(error).toMatchObject({ code: "version_conflict", currentVersion: 1, expectedVersion: 7 });
    expect((await ask(["config", "history", "qwen-image-edit"])).versions).toHaveLength(1);
  });

  it("writes nothing where nothing changes, unless another version is expected", async () => {
    const { stdout, code } = await change("output_quality=80");
    expect(stdout).toContain(`model_config_qwen: nothing changed\n✓ nothing was written to ${place}`);
    expect(code).toBe(0);
    const project = await ask(["config", "set", "qwen-image-edit", "--unset", "seed", "--project", "villa-12"]);
    expect(project).toMatchObject({ version: 0, changes: [] });
    await ask(["config", "set", "qwen-image-edit", "output_quality=80", "--expected-version", "7"], 1);
    expect((await ask(["config", "history", "qwen-image-edit"])).versions).toHaveLength(1);
    await pool.query(`update settings set model_settings = model_settings || '{"output_quality": 900}' where key = 'model_config_qwen'`);
    expect(await ask(["config", "set", "qwen-image-edit", "output_quality=900"], 1)).toMatchObject({
      error: { message: expect.stringContaining("Repair it with `restage config set`") },
    });
  });

  it("inherits field by field in a project", async () => {
    await change("output_quality=70");
    await change("seed=3", "--project", "villa-12");
    const { stdout } = await run("config", "get", "qwen-image-edit", "--project", "villa-12");
    expect(stdout).toMatch(/· project villa-12 ·/);
    expect(stdout).toMatch(/output_quality +70 +global, version 2\n {2}seed +3 +project, version 1\n/);
    const reset = await run("config", "reset", "qwen-image-edit", "--project", "villa-12");
    expect(reset.stdout).toMatch(/ seed +3 +→ {2}inherited\n✓ saved as version 2 in/);
    expect((await ask(["config", "get", "qwen-image-edit", "--project", "villa-12"])).versions).toEqual({ global: 2, project: null });
  });

  it("repairs a config that somebody broke in SQL", async () => {
    await pool.query(`update settings set model_settings = '{"output_quality": 900, "sparkle": 1}' where key = 'model_config_qwen'`);
    expect(await ask(["config", "get", "qwen-image-edit"], 1)).toMatchObject({ error: { code: "invalid_stored_setting" } });
    expect((await change("output_quality=80")).code).toBe(0);
    const { rows } = await pool.query("select model_settings from settings where key = 'model_config_qwen'");
    expect(rows).toEqual([{ model_settings: { output_quality: 80, sparkle: 1 } }]);
  });

  it("shows who changed what when and why, and goes back", async () => {
    await change("output_quality=90", "--note", "for print");
    await change("output_quality=95", "go_fast=false");
    const { stdout } = await run("config", "history", "qwen-image-edit");
    expect(stdout).toMatch(/\n {6}3 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}Ada +go_fast +true +→ {2}false\n +output_quality +90 +→ {2}95\n/);
    expect(stdout).toMatch(/ {6}2 .* Ada +output_quality +80 +→ {2}90 +for print\n/);
    expect((await run("config", "history", "qwen-image-edit", "--limit", "1")).stdout).toContain("There are older ones: --before 3");

    const back = await run("config", "rollback", "qwen-image-edit", "2", "--author", "Grace");
    expect(back.stdout).toMatch(/go_fast +false +→ {2}true\n {2}output_quality +95 +→ {2}90\n✓ saved as version 4 in the database/);
    const { versions } = await ask(["config", "history", "qwen-image-edit", "--before", "5", "--limit", "1"]);
    expect(versions).toMatchObject([{ version: 4, author: { name: "Grace" }, note: "Back to version 2", deleted: false }]);
    const { error } = await ask(["config", "rollback", "qwen-image-edit", "9"], 1);
    expect(error).toMatchObject({ code: "unknown_version", message: expect.stringMatching(/: see `restage config history`$/) });
  });

  it("chooses the active model, for everybody or a project, and tells why it runs", async () => {
    const used = await run("model", "use", "flux-kontext-pro", "--note", "sharper windows");
    expect(used.stdout).toContain(`✓ saved as version 1 in ${place}`);
    await run("model", "use", "seedream-4", "--project", "villa-12");
    expect(await ask(["model", "show"])).toMatchObject({ modelId: "black-forest-labs/flux-kontext-pro", origin: "global", version: 1 });
    expect((await run("model", "show", "--project", "villa-12")).stdout).toMatch(/^Seedream 4 [\s\S]*chosen +project, version 1\n/);
    expect((await run("config", "history", "active_model")).stdout).toMatch(/sharper windows/);
    expect((await run("config", "explain")).stdout).toMatch(/^Flux Kontext Pro .*\n\nChosen: the active model \(global, version 1\)\n/);
    const explanation = await ask(["config", "explain", "--project", "villa-12"]);
    expect(explanation).toMatchObject({ modelId: "bytedance/seedream-4", modelOrigin: "project", projectId: "villa-12" });
    expect((await run("model", "reset", "--project", "villa-12")).stdout).toContain("✓ saved as version 2 in");
    expect(await ask(["model", "show", "--project", "villa-12"])).toMatchObject({ origin: "global" });
    expect((await run("model", "reset", "--project", "villa-12")).stdout).toContain("there is nothing to delete");
    expect((await run("model", "use", "seedream-3")).stderr).toContain("seedream-4");
  });

  it("audits: fine, warnings, refused, unknown, with code 1 where a row would be refused", async () => {
    const before = await run("config", "audit");
    expect(before.stdout).toMatch(/^warnings +model_config_flux_kontext_max +version 1\n {4}warning: safety_tolerance: /);
    expect(before.code).toBe(0);
    await pool.query(`update settings set model_settings = '{"output_quality": 900}' where key = 'model_config_qwen'`);
    await pool.query(`insert into settings (key, value) values ('theme', 'dark'), ('model_config_gone', 'acme/gone')`);
    const { code, stdout } = await run("config", "audit");
    expect(stdout).toMatch(/refused +model_config_qwen +version 2\n {4}output_quality: .*100/);
    expect(stdout).toMatch(/\n2 fine, 2 warnings, 1 refused, 1 unknown · the database of DATABASE_URL/);
    expect(code).toBe(1);
    expect(await ask(["config", "audit"], 1)).toMatchObject({ counts: { refused: 1 } });
  });

  it("exports, imports and writes the trail", async () => {
    await change("output_quality=90", "--note", '=SUM("x")');
    const [file, csv] = [join(directory, "settings.json"), join(directory, "trail.csv")];
    expect((await run("config", "export", "--out", file)).stdout).toBe(`✓ 5 settings of ${place} written to ${file}`);
    expect((await run("config", "export", "--out", file)).stderr).toContain("--force overwrites it");
    expect(await ask(["config", "export"])).toEqual({ ...JSON.parse(await readFile(file, "utf8")), exportedAt: expect.any(String) });

    await change("output_quality=60");
    const preview = await run("config", "import", file, "--dry-run");
    expect(preview.stdout).toMatch(/ready +model_config_qwen +version 3\n/);
    expect(preview.stdout).toContain(`4 unchanged, 1 ready: nothing was written to ${place}`);
    expect((await run("config", "import", file)).stdout).toContain(`1 written, 4 unchanged: saved in ${place}`);
    expect((await ask(["config", "get", "qwen-image-edit"])).versions.global).toBe(4);

    const broken = {
      format: 1,
      documents: [{ key: "model_config_qwen", value: { modelId: "qwen/qwen-image-edit", config: { seed: "x" } } }],
    };
    await writeFile(file, JSON.stringify(broken));
    expect(await ask(["config", "import", file], 1)).toMatchObject({ counts: { refused: 1, written: 0 } });
    await writeFile(file, "{");
    expect(await ask(["config", "import", file], 2)).toMatchObject({ error: { message: expect.stringContaining("is no JSON") } });
    const other = await run("config", "import", "package.json");
    expect(other.stderr).toContain("package.json is no export: give what `restage config export` wrote");
    expect(other.code).toBe(2);

    expect((await run("config", "trail", "--format", "csv", "--out", csv)).code).toBe(0);
    const lines = (await readFile(csv, "utf8")).split("\r\n");
    expect(lines[0]).toBe("key,version,updated_at,author_id,author_name,note,deleted,value");
    // Not a formula for a spreadsheet.
    expect(lines.find((line) => line.startsWith("model_config_qwen,2,"))).toContain(`,Ada,"'=SUM(""x"")",false,"{""`);
    expect((await ask(["config", "trail"])).filter(({ key }: { key: string }) => key === "model_config_qwen")).toHaveLength(4);
  });

  it("stages with what is stored, and keeps the run; what the request says wins", async () => {
    const replicate = await createReplicateSimulator({ seed: 4, rateLimits: false });
    vi.stubEnv("REPLICATE_BASE_URL", replicate.url);
    vi.stubEnv("REPLICATE_API_TOKEN", replicate.token);
    await run("model", "use", "flux-kontext-pro");
    await run("config", "set", "flux-kontext-pro", "seed=11", "safety_tolerance=2");
    await run("config", "set", "flux-kontext-pro", "safety_tolerance=1", "--project", "villa-12");
    const words = ["stage", "https://example.com/room.jpg", "--room", "bedroom", "--set", "seed=12", "--project", "villa-12"];
    const plan = await ask([...words, "--dry-run"]);
    expect(plan).toMatchObject({ modelId: "black-forest-labs/flux-kontext-pro", modelOrigin: "global" });
    expect(plan.input).toMatchObject({ seed: 12, safety_tolerance: 1 });
    expect(plan.origins).toMatchObject({ seed: "request", safety_tolerance: "project", output_format: "global" });
    expect((await run(...words, "--dry-run")).stdout).toMatch(/: the active model\n[\s\S]*safety_tolerance +1 +the project's config\n/);

    replicate.outcomes.add({ startingMs: 0, durationMs: 0 });
    const { keptIn, run: staged } = await ask([...words, "--out", join(directory, "staged.png")]);
    expect(keptIn).toBe(place);
    const { rows } = await pool.query("select id from restage_runs");
    expect(rows).toEqual([{ id: staged.id }]);
    await replicate.close();
  });

  it("keeps simulated runs out of the books of a service", async () => {
    const words = ["stage", "https://example.com/room.jpg", "--room", "bedroom", "--simulate", "--out", join(directory, "simulated.webp")];
    expect(await ask(words)).toMatchObject({ simulated: true, keptIn: null });
    expect((await pool.query("select id from restage_runs")).rows).toEqual([]);
  });
});

describe("on a database that is not migrated", () => {
  it("asks for the migration, and changes nothing", async () => {
    for (const words of [
      ["config", "get", "qwen-image-edit"],
      ["config", "set", "qwen-image-edit", "seed=1"],
      ["model", "use", "seedream-4"],
      ["stage", "https://example.com/room.jpg", "--room", "bedroom", "--dry-run"],
    ]) {
      const { error } = await ask(words, 1);
      expect(error).toMatchObject({ code: "missing_table", message: expect.stringContaining("restage migrate up") });
    }
    expect((await pool.query("select 1 from pg_tables where schemaname = 'public'")).rows).toEqual([]);
  });

  it("audits the table that another service made", async () => {
    await pool.query(
      "create table settings (key varchar(255) primary key, value text not null, description text, updated_at timestamptz default now(), updated_by uuid)",
    );
    await pool.query(
      "insert into settings (key, value) values ('active_model', 'qwen/qwen-image-edit'), ('model_config_qwen', 'bytedance/seedream-4')",
    );
    const { code, stdout, stderr } = await run("config", "audit");
    expect(stderr).toContain("notice: this database is not migrated");
    expect(stdout).toMatch(/refused +model_config_qwen +version 1\n/);
    expect(code).toBe(1);
  });
});

describe("a database that cannot be used", () => {
  it.each([
    ["nobody listens", "postgres://ada:hunter2@127.0.0.1:9/db", "database_unavailable", 1],
    ["is no connection string", "postgres://ada:hunter2@@:::", "usage", 2],
    ["is another database", "mysql://ada:hunter2@127.0.0.1/db", "usage", 2],
    ["is a web site", "https://ada:hunter2@example.com/db", "usage", 2],
    ["is no URL", "ada:hunter2", "usage", 2],
  ])("%s: an error without the password", async (_, url, code, exitCode) => {
    vi.stubEnv("DATABASE_URL", url);
    const { error } = await ask(["config", "get", "qwen-image-edit"], exitCode);
    expect(error).toMatchObject({ code, message: expect.stringContaining("DATABASE_URL") });
    const asText = await run("config", "get", "qwen-image-edit");
    expect(JSON.stringify(error) + asText.stdout + asText.stderr).not.toContain("hunter2");
  });

  it("is none where DATABASE_URL is blank", async () => {
    vi.stubEnv("DATABASE_URL", " \n");
    expect(await ask(["model", "show"])).toMatchObject({ place: expect.stringContaining("nothing is kept there yet") });
  });

  it("refuses a schema name that needs quotes", async () => {
    vi.stubEnv("RESTAGE_SCHEMA", 'a"b');
    expect(await ask(["config", "get", "qwen-image-edit"], 2)).toMatchObject({ error: { code: "invalid_schema_name" } });
  });
});
