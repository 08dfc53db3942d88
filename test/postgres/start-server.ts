import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { findBinaries } from "./find-binaries.ts";

/** A PostgreSQL server of the tests' own. */
export interface TestServer {
  readonly connectionString: string;
  /** SIGKILL, as a machine that loses its power. */
  kill(): Promise<void>;
  /** Starts it again after a kill, at the same address with the same data. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

const password = "not-for-any-message";

// Ends the server when its input ends, in whichever way this process ends, and removes the data, unless a line said to keep them.
const keeper = '"$@" & read -r keep || wipe=1; kill -INT $! 2>/dev/null; wait $!; [ -z "$wipe" ] || rm -rf "$PGDATA"';

/** Starts a server on a folder of its own. Where it is not `durable`, it is faster, and a kill may lose what it acknowledged. */
export async function startServer({ durable = true } = {}): Promise<TestServer> {
  const [binaries, user, port] = [await findBinaries(), toUser(), await findPort()];
  const folder = await mkdtemp(join(tmpdir(), "restage-postgres-"));
  const options = { ...user, cwd: folder, env: { ...process.env, PGDATA: folder, LC_ALL: "C", TZ: "UTC" } };
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, password);
  if (user) await Promise.all([folder, passwordFile].map((path) => chown(path, user.uid, user.gid)));
  const settings = ["--username=postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"];
  await promisify(execFile)(join(binaries, "initdb"), settings, options);
  await rm(passwordFile);

  const flags = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    // A database cannot be dropped while a driver that gave up at the password keeps its socket open.
    "authentication_timeout=5s",
  ];
  const fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  const command = [join(binaries, "postgres"), ...[...flags, ...(durable ? [] : fast)].flatMap((flag) => ["-c", flag])];
  const connectionString = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

  const run = async () => {
    const log = openSync(join(folder, "log"), "a");
    const child = spawn("sh", ["-c", keeper, "sh", ...command], { ...options, detached: true, stdio: ["pipe", log, log] });
    const ended = once(child, "exit");
    for (const deadline = Date.now() + 60_000; !(await answers(connectionString)); await wait(20)) {
      const isOver = child.exitCode !== null || Date.now() > deadline;
      if (isOver) throw new Error(`PostgreSQL did not start:\n${readFileSync(join(folder, "log"), "utf8").slice(-2_000)}`);
    }
    return { end: (last: string) => child.stdin?.end(last), ended };
  };

  let running = await run();
  return {
    connectionString,
    async kill() {
      process.kill(Number.parseInt(readFileSync(join(folder, "postmaster.pid"), "utf8"), 10), "SIGKILL");
      running.end("keep\n");
      await running.ended;
    },
    async restart() {
      running = await run();
    },
    async stop() {
      running.end("");
      await running.ended;
    },
  };
}

/** PostgreSQL refuses to run as root. */
function toUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
