import pg from "pg";
import { createDatabase } from "../test/postgres/create-database.ts";
import { canaryToken, canaryWords } from "./canary.ts";
import { type CanarySearch, createCanarySearch } from "./canary-search.ts";
import { searchTables } from "./search-tables.ts";
import { startWorker } from "./start-worker.ts";

/** Canaries that were put where they must not be, and those of them that the search did not see. */
export interface Planted {
  readonly planted: number;
  readonly missed: readonly string[];
}

type Plant = (search: CanarySearch) => void | Promise<void>;

const plants: Readonly<Record<string, Plant>> = {
  "an error's message": ({ seeError }) => seeError(new Error(`refused: ${canaryToken}`)),
  "an error's cause": ({ seeError }) => seeError(new Error("refused", { cause: new Error(`sent ${canaryToken}`) })),
  "an error's stack": ({ seeError }) => seeError(Object.assign(new Error("refused"), { stack: `at ${canaryToken}` })),
  "an error's request": ({ seeError }) => seeError(Object.assign(new Error("refused"), { request: { authorization: canaryToken } })),
  "what an error hides": ({ seeError }) => seeError(Object.defineProperty(new Error("refused"), "input", { value: canaryWords })),
  "an error's JSON": ({ seeError }) => seeError(Object.defineProperty(new Error("refused"), "toJSON", { value: () => canaryWords })),
  "what an object hides": ({ seeValue }) => seeValue("an object", Object.defineProperty({}, "token", { value: canaryToken })),
  "a prompt that is cut": ({ seeText }) => seeText("a text", `Furnish it: ${canaryWords}`.slice(0, -12)),
  "a prompt in an address": ({ seeText }) => seeText("a text", encodeURIComponent(canaryWords)),
  "another search": (search) => {
    const other = createCanarySearch();
    other.seeText("a text", canaryToken);
    search.add(other.result);
  },
};

/** Puts canaries in everything that is searched, each with a search of its own: one that finds nothing proves nothing. */
export function plantCanaries(): Promise<Planted> {
  return toPlanted(plants);
}

/** The same for rows of a database, and for what a process prints and tells. */
export async function plantInProcesses(databaseUrl: string, workerPath: string): Promise<Planted> {
  const database = await createDatabase(databaseUrl);
  const pool = new pg.Pool({ connectionString: database.connectionString, max: 1 });
  pool.on("error", () => undefined);
  const work =
    (says: string, tells: string): Plant =>
    async (search) => {
      const setup = { databaseUrl: database.connectionString, baseUrl: "http://127.0.0.1:1/v1", seed: 1, says, tells };
      const worker = await startWorker(workerPath, setup, search);
      await worker.work({});
      await worker.end();
    };
  try {
    return await toPlanted({
      "a row": async (search) => {
        await pool.query("create table runs_of_a_test (document jsonb)");
        await pool.query("insert into runs_of_a_test values ($1)", [JSON.stringify({ prompt: canaryWords })]);
        await searchTables(pool, search);
      },
      "what a process prints": work(canaryToken, ""),
      "what a process finds": work("", canaryToken),
    });
  } finally {
    await pool.end();
    await database.drop();
  }
}

async function toPlanted(all: Readonly<Record<string, Plant>>): Promise<Planted> {
  const missed: string[] = [];
  for (const [where, plant] of Object.entries(all)) {
    const search = createCanarySearch();
    await plant(search);
    if (search.result.hits.length === 0) missed.push(where);
  }
  return { planted: Object.keys(all).length, missed };
}
