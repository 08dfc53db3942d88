import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openConnection } from "../../src/cli/storage/open-connection.ts";
import { StagingClient } from "../../src/client/staging-client.ts";
import { detectImageType } from "../../src/replicate/image-type.ts";
import { postgresRunStore } from "../../src/stores/postgres/postgres-run-store.ts";
import type { ReplicateSimulator } from "../../src/testing/index.ts";
import { sampleAttempt } from "../../src/testing/run-store-cases/sample-attempt.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { request } from "../client/helpers.ts";
import { tinyPng } from "../replicate/helpers.ts";
import { recordTerminal } from "./record-terminal.ts";
import { runCli } from "./run-cli.ts";
import { ask, leaveUnknown, run, setUpRuns, startNamedReplicate } from "./runs-helpers.ts";

const setting = setUpRuns();

const makeDirectory = () => mkdtemp(join(setting.directory, "at-"));
const countCreates = ({ requests }: ReplicateSimulator) => requests.filter(({ target }) => target === "create").length;
const shortOf = (id: string) => id.slice(0, 12);

/** Ends a staging by SIGKILL, as a crash does, once it has said this. */
async function killStaging(simulator: ReplicateSimulator, cwd: string, env: Record<string, string>, isTime: (stderr: string) => boolean) {
  await writeFile(join(cwd, "room.png"), tinyPng);
  const { code } = await runCli(["stage", "room.png", "--room", "office"], {
    cwd,
    env: { ...env, REPLICATE_BASE_URL: simulator.url, REPLICATE_API_TOKEN: simulator.token },
    onStderr: (text, child) => {
      const timer = setInterval(() => {
        if (!isTime(text)) return;
        clearInterval(timer);
        child.kill("SIGKILL");
      }, 5);
      child.once("exit", () => clearInterval(timer));
    },
  });
  expect(code).toBe(null);
}

/** A run that was sent, and which nobody waits for. */
async function start({ url, token }: ReplicateSimulator, group?: string): Promise<string> {
  const client = new StagingClient({ baseUrl: url, token, runStore: setting.runStore });
  return (await client.start({ ...request, ...(group !== undefined && { group }) })).id;
}

describe("restage runs resume", { timeout: 60_000 }, () => {
  it("brings home what a killed staging paid for, at once where a folder keeps it, and pays nothing more", async () => {
    const simulator = await startNamedReplicate();
    const cwd = await makeDirectory();
    const data = join(cwd, "data");
    await killStaging(simulator, cwd, { RESTAGE_DATA: data }, (stderr) => stderr.includes("waiting to start"));
    await simulator.clock.advance(60_000);
    vi.stubEnv("DATABASE_URL", undefined);
    vi.stubEnv("RESTAGE_DATA", data);
    // What a simulator of its own left, and a create whose connection may still be open.
    const connection = await openConnection("test", recordTerminal());
    const runStore = postgresRunStore(connection);
    const cut = { state: "running", group: "simulated", attempts: [sampleAttempt({ predictionId: "drawn" })], leaseMs: 60_000 } as const;
    const { run: simulated } = await runStore.create(sampleRun(cut));
    const { run: sending } = await runStore.create(sampleRun({ state: "creating", attempts: [sampleAttempt()], leaseMs: 60_000 }));
    await connection.close();

    const { code, stdout, stderr } = await run("runs", "resume", "--out", join(cwd, "staged"));
    const [file = ""] = await readdir(join(cwd, "staged"));
    expect(file).toMatch(/^run_[0-9a-f-]{36}-staged\.png$/);
    expect(detectImageType(await readFile(join(cwd, "staged", file)))?.extension).toBe("png");
    expect(stdout).toContain(`✓ ${shortOf(file)} qwen-image-edit, stage, office, modern: $0.03\n`);
    expect(stdout).toContain(file);
    expect(stdout).toContain("1 run of a simulator that is gone: ended, nothing was paid");
    expect(stdout).toMatch(
      /1 run was being sent when cut: restage runs resume finds out what became of it, from \d\d:\d\d:\d\d \(UTC\) on$/,
    );
    expect(stderr).toMatch(/^run_\w+: taken up\nrun_\w+: fetching the image\nrun_\w+: done$/);
    // Something is left: what was being sent.
    expect(code).toBe(1);
    expect(countCreates(simulator)).toBe(1);
    expect(simulator.ledger).toMatchObject({ outputs: 1, microUsd: 30_000 });

    const { runs, open } = await ask(["runs"]);
    expect(open).toMatchObject({ unknown: [], underWay: [sending.id] });
    expect(runs.find(({ id }: { id: string }) => id === simulated.id)).toMatchObject({ state: "aborted", cost: { microUsd: 0 } });
    expect(runs.find(({ id }: { id: string }) => file.startsWith(id))).toMatchObject({
      state: "succeeded",
      images: [{ location: join(cwd, "staged", file) }],
    });
    expect((await ask(["runs", "resume", simulated.id], 2)).error.message).toContain("there is nothing to fetch");
  });

  it("finds what was created while its staging was killed, once nobody holds it", async () => {
    const simulator = await startNamedReplicate();
    const cwd = await makeDirectory();
    simulator.faults.add({ on: "create", kind: "hang", accepted: true });
    await killStaging(simulator, cwd, { DATABASE_URL: setting.connectionString }, () => simulator.predictions.length === 1);
    await simulator.clock.advance(60_000);
    const held = await ask(["runs", "resume"]);
    expect(held).toMatchObject({ runs: [], left: { free: [], held: [expect.any(String)], heldUntil: expect.any(String) } });
    const [id] = held.left.held;
    expect((await run("runs", "resume")).stdout).toMatch(
      /1 run is with another process; if that was cut, restage runs resume takes up what it had, from /,
    );

    const { version } = (await setting.runStore.get(id)) ?? { version: 0 };
    await setting.runStore.update(id, version, { leaseMs: null });
    expect(await ask(["runs", "resume", "--out", cwd])).toMatchObject({
      runs: [{ runId: id, files: [join(cwd, `${id}-staged.png`)], run: { attempts: [{ foundBy: "listing" }] } }],
      left: { free: [], held: [] },
    });
    expect(countCreates(simulator)).toBe(1);
    expect(simulator.ledger).toMatchObject({ outputs: 1, microUsd: 30_000 });
    expect((await run("runs", "resume")).stdout).toMatch(/\n\nNothing is left to take up\.$/);
  });

  it("tells of each run what came of it, and what is left", async () => {
    const simulator = await startNamedReplicate();
    const cwd = await makeDirectory();
    simulator.outcomes.add({ status: "failed", error: "the model is tired" });
    const [failed, done] = [await start(simulator, "mixed"), await start(simulator, "mixed")];
    await simulator.clock.advance(60_000);
    const { run: doubtful } = await setting.runStore.create(
      sampleRun({ id: `run_${crypto.randomUUID()}`, state: "creating", attempts: [sampleAttempt({ closedAt: null })], group: "mixed" }),
    );
    const { run: unsent } = await setting.runStore.create(sampleRun({ id: `run_${crypto.randomUUID()}`, group: "mixed" }));
    const { code, stdout } = await run("runs", "resume", "--out", cwd);
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`✗ ${shortOf(failed)} .*the model is tired`));
    expect(stdout).toMatch(new RegExp(`✓ ${shortOf(done)} .*\\$0\\.03\n`));
    expect(stdout).toMatch(
      new RegExp(`✗ ${shortOf(doubtful.id)} .*then \`restage runs conclude ${doubtful.id} --prediction PREDICTION_ID\``),
    );
    expect(stdout).toMatch(new RegExp(`✗ ${shortOf(unsent.id)} .*given up before it was sent`));
    expect(stdout).toMatch(new RegExp(`\n1 run is unknown, for you to conclude: restage runs show ${shortOf(doubtful.id)}$`));
    const { runs } = await ask(["runs", "--group", "mixed"]);
    expect(runs.map(({ state }: { state: string }) => state)).toEqual(["aborted", "unknown", "succeeded", "failed"]);
    expect(await run("runs", "conclude", doubtful.id, "--none", "--yes")).toMatchObject({ code: 0 });
    expect(countCreates(simulator)).toBe(2);
  });

  it("stops waiting when the time is over, and goes on with the next call", async () => {
    const simulator = await startNamedReplicate();
    const cwd = await makeDirectory();
    const id = await start(simulator);
    const late = await ask(["runs", "resume", "--deadline", "1", "--out", cwd], 1);
    expect(late).toMatchObject({
      interrupted: false,
      runs: [
        {
          runId: id,
          files: [],
          error: { code: "wait_timeout", message: expect.stringContaining("`restage runs resume` takes it up again") },
        },
      ],
      left: { free: [id] },
    });
    expect(late.runs[0].error.message).not.toContain("client.");
    await simulator.clock.advance(60_000);
    expect((await ask(["runs", "resume", shortOf(id), "--out", cwd])).runs).toMatchObject([{ runId: id, run: { state: "succeeded" } }]);
    expect(await readdir(cwd)).toEqual([`${id}-staged.png`]);
    // It is kept now: another call tells where, as long as it is there.
    const kept = join(cwd, `${id}-staged.png`);
    expect((await ask(["runs", "resume", id])).runs).toMatchObject([{ files: [kept] }]);
    await rm(kept);
    expect((await ask(["runs", "resume", id], 1)).runs).toMatchObject([{ error: { code: "output", billed: "yes" } }]);
  });

  it("lets go at Ctrl-C, and says that it goes on", async () => {
    const simulator = await startNamedReplicate();
    const cwd = await makeDirectory();
    const id = await start(simulator);
    const { code, stdout } = await runCli(["runs", "resume", "--json"], {
      cwd,
      env: { DATABASE_URL: setting.connectionString, REPLICATE_BASE_URL: simulator.url, REPLICATE_API_TOKEN: simulator.token },
      onStderr: (text, child) => {
        if (text.includes("waiting to start") && !text.includes("Stopping")) child.kill("SIGINT");
      },
    });
    expect(JSON.parse(stdout)).toMatchObject({
      interrupted: true,
      runs: [{ runId: id, error: { code: "interrupted" } }],
      left: { free: [id] },
    });
    expect(code).toBe(130);
    await simulator.clock.advance(60_000);
    expect((await run("runs", "resume", "--out", cwd)).code).toBe(0);
  });

  it("fetches the images of a run that has succeeded once more", async () => {
    const simulator = await startNamedReplicate();
    const cwd = await makeDirectory();
    simulator.outcomes.add({ startingMs: 0, durationMs: 0 });
    const client = new StagingClient({ ...simulator.clientOptions, runStore: setting.runStore });
    const { id } = await client.stage(request);
    const fetchIt = () => ask(["runs", "resume", id, "--out", cwd]);
    expect((await fetchIt()).runs).toMatchObject([{ runId: id, files: [join(cwd, `${id}-staged.png`)] }]);
    expect((await fetchIt()).runs).toMatchObject([{ runId: id, files: [join(cwd, `${id}-staged-2.png`)] }]);
    expect(simulator.ledger.outputs).toBe(1);
  });

  it("takes nothing up where it could not bring it to its end", async () => {
    const simulator = await startNamedReplicate();
    const cwd = await makeDirectory();
    const id = await start(simulator);
    await simulator.clock.advance(60_000);
    await writeFile(join(cwd, "file"), "");
    expect((await ask(["runs", "resume", "--out", join(cwd, "file", "staged")], 1)).error.code).toBe("output");
    vi.stubEnv("REPLICATE_API_TOKEN", undefined);
    const { code, stderr } = await run("runs", "resume", "--out", cwd);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/No Replicate API token: set REPLICATE_API_TOKEN/)]);
    expect(stderr).not.toContain("--simulate");
    expect(await setting.runStore.get(id)).toMatchObject({ state: "running", leaseExpiresAt: null });

    // A file that cannot be written leaves the run to the next call.
    vi.stubEnv("REPLICATE_API_TOKEN", simulator.token);
    await mkdir(join(cwd, `${id}-staged.png`));
    const unkept = await ask(["runs", "resume", "--out", cwd], 1);
    expect(unkept).toMatchObject({ runs: [{ runId: id, error: { code: "sink" } }], left: { free: [id] } });
    expect(unkept.runs[0].error.message).toMatch(/^An image could not be written: /);
    expect((await ask(["runs", "resume", "--out", join(cwd, "other")])).runs).toMatchObject([{ runId: id, run: { state: "succeeded" } }]);
  });

  it("is what a staging names whose image did not come home, and brings it home", async () => {
    const simulator = await startNamedReplicate();
    const cwd = await makeDirectory();
    simulator.outcomes.add({ startingMs: 0, durationMs: 0 });
    simulator.faults.add({ on: "output", kind: "status", status: 410, times: 3 });
    const staged = await run("stage", "https://example.com/room.jpg", "--room", "bedroom", "--out", join(cwd, "staged.png"));
    expect([staged.code, staged.stderr]).toEqual([
      1,
      expect.stringMatching(/could not be brought home[\s\S]*\n`restage runs resume` takes it up again$/),
    ]);
    simulator.faults.clear();
    expect((await ask(["runs", "resume", "--out", cwd])).runs).toMatchObject([{ run: { state: "succeeded", room: "bedroom" } }]);
    expect(simulator.ledger.outputs).toBe(1);
  });

  it("leaves to a person what only a person can tell", async () => {
    const simulator = await startNamedReplicate();
    const { id } = await leaveUnknown(setting);
    expect(await ask(["runs", "resume"], 1)).toMatchObject({ runs: [], left: { unknown: [id] } });
    expect((await ask(["runs", "resume", id], 1)).runs).toMatchObject([{ runId: id, error: { code: "run_not_waitable" } }]);
    expect(simulator.requests).toHaveLength(0);
  });
});
