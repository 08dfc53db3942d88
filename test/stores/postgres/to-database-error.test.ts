import { inspect } from "node:util";
import { sql as drizzleSql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import createKnex from "knex";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { DatabaseError } from "../../../src/errors/database-error.ts";
import { DatabaseUnavailableError } from "../../../src/errors/database-unavailable-error.ts";
import { MissingTableError } from "../../../src/errors/missing-table-error.ts";
import { RestageError } from "../../../src/errors/restage-error.ts";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { fromPglite } from "../../../src/stores/postgres/from-pglite.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { toDatabaseError } from "../../../src/stores/postgres/to-database-error.ts";
import { createDatabase } from "../../postgres/create-database.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import { openPglite } from "../../postgres/open-pglite.ts";
import { drivers, type OpenSql, openSql } from "../../postgres/open-sql.ts";

const secret = "0ther-5ecret";

async function fail(work: () => Promise<unknown>): Promise<RestageError> {
  const error = await work().then(
    () => undefined,
    (thrown: unknown) => toDatabaseError(thrown),
  );
  if (!RestageError.is(error)) throw new Error(`No error of this library: ${inspect(error)}`);
  expectNoSecrets(error);
  return error;
}

function expectNoSecrets(error: RestageError) {
  const shown = [error.message, String(error.stack), JSON.stringify(error), inspect(error, { depth: 20, showHidden: true })].join("\n");
  expect(shown).not.toContain(secret);
  expect(shown).not.toContain(new URL(inject("databaseUrl")).password);
}

describe.each(drivers)("an error of %s", (driver) => {
  let open: OpenSql;
  beforeAll(async () => {
    open = await openDatabase(driver);
  });
  afterAll(() => open.close());

  it("of a missing table, schema, function or column of ours says what to run", async () => {
    const statements = [
      "select from restage_nothing",
      "select restage_nothing(1)",
      'select from "nowhere".settings',
      "select model_settings",
    ];
    for (const statement of statements) {
      const error = await fail(() => open.sql.query(statement));
      expect(MissingTableError.is(error)).toBe(true);
      expect(error.message).toContain("run `restage migrate up`");
    }
  });

  it("of a statement has the code of the database", async () => {
    const error = await fail(() => open.sql.query("select 1 / $1::integer", [0]));
    expect(error).toMatchObject({ code: "database", sqlState: "22012", retryable: false });
    for (const missing of ["select from settings_audit", "select settings_id"]) {
      expect(DatabaseError.is(await fail(() => open.sql.query(missing)))).toBe(true);
    }
    const other = await fail(() => open.sql.query("select no_such_function()"));
    expect(other).toMatchObject({ code: "database", sqlState: "42883", retryable: false });
    expect(other.message).toContain("no_such_function");
  });

  it("of a value quotes neither the value nor the row", async () => {
    expect(await fail(() => open.sql.query("select $1::text::uuid", [secret]))).toMatchObject({ sqlState: "22P02" });
    expect(await fail(() => open.sql.query("select $1::text::jsonb", [`{"a": ${secret}}`]))).toMatchObject({ sqlState: "22P02" });
    await open.sql.query("create table if not exists named (name text primary key check (length(name) < 20), note text not null)");
    await open.sql.query("insert into named values ($1, '')", [secret]);
    expect(await fail(() => open.sql.query("insert into named values ($1, '')", [secret]))).toMatchObject({ sqlState: "23505" });
    expect(await fail(() => open.sql.query("insert into named values ($1, '')", [secret.repeat(2)]))).toMatchObject({ sqlState: "23514" });
    expect(await fail(() => open.sql.query("insert into named values ('', null)"))).toMatchObject({ sqlState: "23502" });
  });

  it("of what was undone for another's sake is worth another try", async () => {
    const undone = open.sql.transaction((transaction) =>
      transaction.query("do $$ begin raise exception using errcode = '40001', message = 'came in between'; end $$"),
    );
    expect(await fail(() => undone)).toMatchObject({ sqlState: "40001", retryable: true });
  });
});

describe.each(["pg", "postgres.js"] as const)("%s without a way in", (driver) => {
  const failAt = async (change: (url: URL) => void) => {
    const url = new URL(inject("databaseUrl"));
    change(url);
    const { sql, close } = await openSql(driver, { connectionString: url.href });
    onTestFinished(close);
    const errors = [await fail(() => sql.query("select 1")), await fail(() => migrate({ sql }))];
    for (const error of errors) expect(DatabaseUnavailableError.is(error)).toBe(true);
    return errors[0];
  };

  it("wrong credentials", async () => {
    const error = await failAt((url) => {
      url.password = secret;
    });
    expect(error?.message).toBe(
      "The database lets nobody in: it refuses the user or the password. Look at DATABASE_URL, or at what the driver was given",
    );
    expect(error?.retryable).toBe(false);
  });

  it("no credentials", async () => {
    const error = await failAt((url) => {
      url.password = "";
    });
    expect(error).toMatchObject({ retryable: false });
  });

  it("no such database", async () => {
    const error = await failAt((url) => {
      url.pathname = secret;
    });
    expect(error).toMatchObject({ message: expect.stringContaining("no database of that name"), retryable: false });
  });

  it("no server", async () => {
    const error = await failAt((url) => {
      url.port = "1";
    });
    expect(error).toMatchObject({ message: expect.stringContaining("nothing listens"), retryable: true });
  });

  it("no host", async () => {
    const error = await failAt((url) => {
      url.hostname = "database.invalid";
    });
    expect(error).toMatchObject({ retryable: true });
  });
});

it("a connection that breaks in the middle is an absence that may end", async () => {
  const database = await createDatabase();
  onTestFinished(database.drop);
  for (const driver of ["pg", "postgres.js"] as const) {
    const { sql, close } = await openSql(driver, database);
    const breaking = "select pg_terminate_backend(pg_backend_pid())";
    expect(await fail(() => sql.query(breaking))).toMatchObject({ code: "database_unavailable", retryable: true });
    expect(await fail(() => sql.transaction((transaction) => transaction.query(breaking)))).toMatchObject({
      code: "database_unavailable",
      retryable: true,
    });
    expect([...(await sql.query("select 1 as one")).rows]).toEqual([{ one: 1 }]);
    await close();
  }
});

it("a server without SSL, and a certificate that is not trusted, want another sslmode", async () => {
  const pool = new pg.Pool({ connectionString: `${inject("databaseUrl")}?sslmode=verify-full` });
  onTestFinished(() => pool.end());
  const error = await fail(() => fromPg(pool).query("select 1"));
  expect(error).toMatchObject({ code: "database_unavailable", retryable: false, message: expect.stringContaining("look at sslmode") });
  for (const code of ["DEPTH_ZERO_SELF_SIGNED_CERT", "CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID"]) {
    const mapped = toDatabaseError(Object.assign(new Error(`${secret}: self-signed certificate`), { code })) as RestageError;
    expect(mapped).toMatchObject({ code: "database_unavailable", retryable: false, message: expect.stringContaining("look at sslmode") });
    expectNoSecrets(mapped);
  }
});

it("an address that is no URL is told without it", async () => {
  const pool = new pg.Pool({ connectionString: `postgres://postgres:${secret}/with a slash@localhost/x` });
  const error = await fail(() => fromPg(pool).query("select 1"));
  expect(error).toMatchObject({ code: "database_unavailable", retryable: false, message: expect.stringContaining("percent-encoded") });
});

it("a closed PGlite is away", async () => {
  const db = await openPglite();
  await db.close();
  expect(await fail(() => fromPglite(db).query("select 1"))).toMatchObject({ code: "database_unavailable" });
});

describe("what query builders wrap around", () => {
  it("drizzle", async () => {
    const db = drizzle({ connection: inject("databaseUrl") });
    onTestFinished(() => db.$client.end());
    expect(await fail(async () => await db.execute(drizzleSql`select ${secret}::uuid`))).toMatchObject({ sqlState: "22P02" });
    expect(MissingTableError.is(await fail(async () => await db.execute(drizzleSql`select ${secret} from restage_nothing`)))).toBe(true);
  });

  it("knex", async () => {
    const db = createKnex({ client: "pg", connection: inject("databaseUrl") });
    onTestFinished(() => db.destroy());
    expect(await fail(async () => await db.raw("select ?::uuid", [secret]))).toMatchObject({ sqlState: "22P02" });
  });

  it("Prisma", () => {
    const meta = { code: "42P01", message: 'relation "restage_nothing" does not exist' };
    const error = Object.assign(new Error(`Raw query failed: ${secret}`), { name: "PrismaClientKnownRequestError", code: "P2010", meta });
    const mapped = toDatabaseError(error) as RestageError;
    expect(MissingTableError.is(mapped)).toBe(true);
    expectNoSecrets(mapped);
  });
});

it("errors of this library, aborts and bugs stay what they are", () => {
  const others = [
    new MissingTableError("x"),
    new DatabaseError("x", { sqlState: null, retryable: false }),
    AbortSignal.abort().reason,
    new TypeError("x is not a function"),
    "text",
  ];
  for (const error of others) expect(toDatabaseError(error)).toBe(error);
});
