import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { FolderInUseError } from "../../../src/cli/storage/folder-in-use-error.ts";
import { lockFolder } from "../../../src/cli/storage/lock-folder.ts";
import { identifyProcess, mayRun } from "../../../src/cli/storage/process-identity.ts";
import type { Answer } from "./folder-contender.ts";

let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "restage-lock-"));
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map(kill));
  await rm(folder, { recursive: true });
});

async function start(count: number): Promise<readonly ChildProcess[]> {
  const started = Array.from({ length: count }, () => fork(join(inject("programs"), "folder-contender.mjs"), [folder], { execArgv: [] }));
  children.push(...started);
  await Promise.all(started.map((child) => once(child, "message")));
  return started;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

/** Lets all of them ask at once. With 0 rounds each asks once and keeps what it gets. */
function ask(asked: readonly ChildProcess[], rounds: number): Promise<readonly Answer[]> {
  const answers = asked.map(async (child) => (await once(child, "message"))[0]);
  for (const child of asked) child.send(rounds);
  return Promise.all(answers);
}

function fail(take: () => unknown): FolderInUseError {
  try {
    take();
  } catch (error) {
    if (FolderInUseError.is(error)) return error;
  }
  throw new Error("the folder was given away");
}

describe("lockFolder", () => {
  it("tells the second who has the folder, since when and for what, and the ways out", () => {
    const release = lockFolder(folder, "config set");
    const error = fail(() => lockFolder(folder, "stage"));
    expect(error).toMatchObject({ code: "folder_in_use", retryable: true, pid: process.pid, host: hostname(), command: "config set" });
    expect(error.message).toMatch(/process \d+ on .+, since \d{4}-.+Z, `restage config set`[\s\S]*wait[\s\S]*DATABASE_URL/);
    expect(error.message).not.toContain("delete");
    release();
    lockFolder(folder, "stage")();
  });

  it("goes from a killed holder to exactly one of all that ask for it", async () => {
    let contenders = await start(6);
    while (contenders.length > 1) {
      const answers = await ask(contenders, 0);
      expect(answers.map(({ error }) => error)).toEqual(contenders.map(() => undefined));
      expect(answers.filter(({ held }) => held === 1)).toHaveLength(1);
      const holder = contenders[answers.findIndex(({ held }) => held === 1)];
      expect(fail(() => lockFolder(folder, "stage")).pid).toBe(holder?.pid);
      await kill(holder as ChildProcess);
      contenders = contenders.filter((child) => child !== holder);
    }
    lockFolder(folder, "stage")();
  });

  it("never has two holders, however often it changes hands", async () => {
    const answers = await ask(await start(4), 500);
    expect(answers.map(({ error }) => error)).toEqual([undefined, undefined, undefined, undefined]);
    expect(answers.reduce((sum, { held }) => sum + held, 0)).toBeGreaterThan(100);
    lockFolder(folder, "stage")();
    // Started over now and then, so that it does not grow for ever.
    expect((await readFile(join(folder, "lock"), "utf8")).length).toBeLessThan(500_000);
  });

  it("keeps out of a folder whose holder runs on another machine, and says how to free it", async () => {
    const elsewhere = { ...identifyProcess(), host: "elsewhere", id: "1", since: "2026-11-20T08:00:00.000Z", command: "stage" };
    await writeFile(join(folder, "lock"), `${JSON.stringify(elsewhere)}\n`);
    expect(fail(() => lockFolder(folder, "stage")).message).toContain(`delete ${join(folder, "lock")}`);
  });

  it("reads past lines that were cut off", async () => {
    await writeFile(join(folder, "lock"), '{"id":"1","pi');
    lockFolder(folder, "stage");
    expect(fail(() => lockFolder(folder, "stage")).pid).toBe(process.pid);
  });
});

describe("mayRun", () => {
  it("tells a process from an earlier one of its number, where the system says when it began", () => {
    const own = identifyProcess();
    expect(mayRun(own)).toBe(true);
    if (own.startedAt !== null) expect(mayRun({ ...own, startedAt: "1" })).toBe(false);
  });
});
