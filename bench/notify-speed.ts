import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { fromPg } from "../src/stores/postgres/from-pg.ts";
import { migrate } from "../src/stores/postgres/migrate.ts";
import { postgresConfigStore } from "../src/stores/postgres/postgres-config-store.ts";
import { startServer } from "../test/postgres/start-server.ts";
import type { Measurement } from "./measurement.ts";
import { median } from "./median.ts";

const processes = 16;
const rounds = 40;
const [channel, key] = ["bench_bare", "bench"];

/** From an admin's change until 16 processes know of it, by a bare NOTIFY until they hear it; in turns, on a server of its own. */
export async function measureNotifySpeed(): Promise<readonly Measurement[]> {
  const server = await startServer({ durable: false });
  const pool = new pg.Pool({ connectionString: server.connectionString, max: 2 });
  // Connections at rest end with the server.
  pool.on("error", () => undefined);
  const listeners: ChildProcess[] = [];
  try {
    const sql = fromPg(pool);
    await migrate({ sql });
    const store = postgresConfigStore({ sql });
    for (let count = 0; count < processes; count += 1) {
      listeners.push(fork(join(import.meta.dirname, "listen-for-changes.ts"), [server.connectionString, channel, key]));
    }
    await allSay(listeners, "ready");

    const ratios: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const bareMs = await timeUntilAllSay(listeners, `bare ${round}`, (word) => pool.query("select pg_notify($1, $2)", [channel, word]));
      const storeMs = await timeUntilAllSay(listeners, `${key} ${round}`, () => store.put(key, round, { author: { name: "Ada" } }));
      ratios.push(storeMs / bareMs);
    }
    return [
      {
        name: `time for a change to reach ${processes} processes, by a bare NOTIFY`,
        value: median(ratios),
        unit: "×",
        limit: { atMost: 3 },
      },
    ];
  } finally {
    for (const listener of listeners) listener.kill();
    await pool.end();
    await server.stop();
  }
}

async function timeUntilAllSay(listeners: readonly ChildProcess[], word: string, act: (word: string) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  const heard = allSay(listeners, word);
  await act(word);
  await heard;
  return performance.now() - start;
}

async function allSay(listeners: readonly ChildProcess[], word: string): Promise<void> {
  const heard = listeners.map(
    (listener) =>
      new Promise<void>((resolve, reject) => {
        const hear = (said: unknown) => {
          if (said !== word) return;
          listener.off("message", hear).off("exit", fail);
          resolve();
        };
        const fail = (code: number | null) => reject(new Error(`a listening process ended with ${code}`));
        listener.on("message", hear).once("exit", fail);
      }),
  );
  await Promise.all(heard);
}
