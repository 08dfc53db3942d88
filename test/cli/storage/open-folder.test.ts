import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder } from "../../../src/cli/storage/lock-folder.ts";
import { type Finished, runCli } from "../run-cli.ts";
import { withoutPackage } from "./without-package.ts";

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "restage-folder-"));
});
afterEach(() => rm(cwd, { recursive: true }));

const run = (words: string, env: Readonly<Record<string, string>> = {}): Promise<Finished> => runCli(words.split(" "), { cwd, env });
const errorOf = ({ stdout }: Finished) => JSON.parse(stdout).error;

// Each start of PGlite takes seconds on a busy machine.
describe("settings in a folder", { timeout: 120_000 }, () => {
  it("are made by the first change, seen by the next process, and one process's at a time", async () => {
    const looked = await run("config get qwen-image-edit");
    expect(looked.stdout).toContain("· .restage (nothing is kept there yet)\n");
    expect(await readdir(cwd)).toEqual([]);

    const saved = await run("config set qwen-image-edit output_quality=90 --json");
    expect(JSON.parse(saved.stdout)).toMatchObject({ key: "model_config_qwen", place: ".restage (PGlite)" });
    expect(saved.stderr).toBe("");
    expect(await readFile(join(cwd, ".restage/.gitignore"), "utf8")).toBe("*\n");

    const release = lockFolder(join(cwd, ".restage"), "demo");
    const refused = await run("config get qwen-image-edit --json");
    expect(refused.code).toBe(1);
    expect(errorOf(refused)).toMatchObject({ code: "folder_in_use", pid: process.pid, host: hostname(), command: "demo" });
    release();

    const { stdout: exported } = await run("config export");
    const document = JSON.parse(exported);
    // An export of what another process saved; the import compares with what is stored.
    document.documents.find(({ key }: { key: string }) => key === "model_config_qwen").value.config.output_quality = 91;
    const stdin = JSON.stringify(document);
    expect((await runCli(["config", "import", "-"], { cwd, stdin })).stdout).toContain(
      "1 written, 4 unchanged: saved in .restage (PGlite)",
    );
  });

  it("are taken over from a killed process, whatever it was at", async () => {
    // Killed while it makes the folder: nothing was acknowledged, and the next one begins anew.
    const making = join(cwd, ".restage/pgdata");
    const onStart = (child: ChildProcess) => {
      const timer = setInterval(() => existsSync(making) && child.kill("SIGKILL"), 5);
      child.once("close", () => clearInterval(timer));
    };
    expect(await runCli(["config", "set", "qwen-image-edit", "seed=1"], { cwd, onStart })).toMatchObject({ code: null, stdout: "" });
    expect((await run("config set qwen-image-edit seed=2")).stdout).toContain("✓ saved as version 2 in .restage (PGlite)");

    // Killed in the middle of a staging: what was saved before is there.
    await runCli(["stage", "https://example.com/room.jpg", "--room", "bedroom", "--simulate"], {
      cwd,
      onStderr: (text, child) => void (text.includes("waiting to start") && child.kill("SIGKILL")),
    });
    const { fields } = JSON.parse((await run("config get qwen-image-edit --json")).stdout);
    expect(fields).toContainEqual(expect.objectContaining({ field: "seed", value: 2 }));
  });

  it("leave alone what others put into the folder", async () => {
    await mkdir(join(cwd, "db/pgdata"), { recursive: true });
    await writeFile(join(cwd, "db/pgdata/PG_VERSION"), "16\n");
    for (const attempt of [1, 2]) {
      const { code, stderr } = await run("config set qwen-image-edit seed=1", { RESTAGE_DATA: "db" });
      expect(stderr, `attempt ${attempt}`).toContain(`${join("db", "pgdata")} is there and was not made by restage`);
      expect(code).toBe(1);
    }
    expect(await readFile(join(cwd, "db/pgdata/PG_VERSION"), "utf8")).toBe("16\n");
    expect((await readdir(join(cwd, "db"))).sort()).toEqual(["lock", "pgdata"]);
  });

  it("cannot be in a file, and say which names another place", async () => {
    await writeFile(join(cwd, "notes.txt"), "");
    const { code, stderr } = await run("config set qwen-image-edit seed=1", { RESTAGE_DATA: "notes.txt" });
    expect(stderr).toContain(
      "error: notes.txt cannot be used to keep settings and runs (EEXIST notes.txt). RESTAGE_DATA names another folder",
    );
    expect(code).toBe(1);
  });
});

describe("a folder that cannot be made", { timeout: 60_000 }, () => {
  it("lets stagings go on in memory, with one line about it", async () => {
    await writeFile(join(cwd, "file"), "");
    const env = { RESTAGE_DATA: join("file", "data") };
    const { code, stdout, stderr } = await run("stage https://example.com/room.jpg --room bedroom --simulate", env);
    expect(stderr.match(/nothing is kept/g)).toHaveLength(1);
    expect(stderr).toContain(`notice: nothing is kept: ${join("file", "data")} cannot be written to (ENOTDIR); RESTAGE_DATA keeps`);
    expect(stdout).not.toContain("kept in");
    expect(code).toBe(0);
    const plan = await run("stage https://example.com/room.jpg --room bedroom --dry-run --json", env);
    expect(JSON.parse(plan.stdout)).toMatchObject({ modelId: "qwen/qwen-image-edit" });
    expect(plan.stderr).toContain("notice: nothing is kept");
    const refused = await run("config set qwen-image-edit seed=1 --json", env);
    expect(errorOf(refused)).toMatchObject({ code: "folder_unusable" });
    expect(refused.code).toBe(1);
  });
});

describe("without PGlite", { timeout: 60_000 }, () => {
  const env = { NODE_OPTIONS: withoutPackage("@electric-sql/pglite") };

  it("stages in memory and says so", async () => {
    const { code, stdout, stderr } = await run("stage https://example.com/room.jpg --room bedroom --simulate", env);
    expect(stderr.match(/npm install @electric-sql\/pglite/g)).toHaveLength(1);
    expect(stdout).not.toContain("kept in");
    expect(code).toBe(0);
    expect(await readdir(cwd)).toEqual(["room-staged.webp"]);
  });

  it("neither shows nor changes settings", async () => {
    for (const words of ["config get qwen-image-edit", "model use seedream-4"]) {
      const finished = await run(`${words} --json`, env);
      expect(finished.code).toBe(2);
      expect(errorOf(finished)).toMatchObject({ code: "missing_peer", packageName: "@electric-sql/pglite" });
    }
  });
});

it("asks for the package pg where DATABASE_URL is set", { timeout: 60_000 }, async () => {
  const finished = await run("model show --json", { NODE_OPTIONS: withoutPackage("pg"), DATABASE_URL: "postgres://127.0.0.1:9/db" });
  expect(errorOf(finished)).toMatchObject({ code: "missing_peer", message: expect.stringContaining("npm install pg") });
});
