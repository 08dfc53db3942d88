import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** A database of a test's own. */
export interface TestDatabase {
  readonly connectionString: string;
  drop(): Promise<void>;
}

/** Makes an empty database on the server of this run, or on another. */
export async function createDatabase(serverUrl: string = inject("databaseUrl")): Promise<TestDatabase> {
  const name = `restage_${randomUUID().replaceAll("-", "")}`;
  await run(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { connectionString: url.href, drop: () => drop(serverUrl, name) };
}

/** The server waits some seconds for connections that are about to end: those that a test left behind are cut, which the others could not bear. */
async function drop(serverUrl: string, name: string): Promise<void> {
  try {
    await run(serverUrl, `drop database ${name}`);
  } catch {
    await run(serverUrl, `drop database ${name} with (force)`);
  }
}

async function run(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
