import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it, onTestFinished, vi } from "vitest";
import { StagingClient } from "../../src/client/staging-client.ts";
import { countOf, tinyPng } from "../client/helpers.ts";
import { startService } from "./start-service.ts";

const root = join(import.meta.dirname, "../..");
const tsx = import.meta.resolve("tsx");
const waiting = { timeout: 20_000, interval: 20 };

/** The worker as a process of its own, with what it has printed so far. */
function startWorker(more: Readonly<Record<string, string>>) {
  const { NODE_OPTIONS: _, ...env } = process.env;
  // In one process, so that the signal goes to no other.
  const child = spawn(process.execPath, ["--import", tsx, "examples/worker.ts"], {
    cwd: root,
    env: { ...env, TSX_TSCONFIG_PATH: join(root, "examples/tsconfig.json"), ...more },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const printed: string[] = [];
  createInterface(child.stdout).on("line", (line) => printed.push(line));
  return { child, printed, ended: once(child, "exit") };
}

async function startSender() {
  const { simulator, ...others } = await startService();
  const { url: baseUrl, token } = simulator;
  const sender = new StagingClient({ baseUrl, token, runStore: others.runStore });
  const send = () => sender.start({ image: tinyPng, room: "bedroom" });
  return { simulator, send, ...others };
}

it("brings home what others sent, and at SIGTERM ends what it has begun", { timeout: 60_000 }, async () => {
  const { simulator, s3, runStore, send } = await startSender();
  const { child, printed, ended } = startWorker({ EVERY_MS: "50" });
  await vi.waitUntil(() => printed.includes("Working"), waiting);
  const first = await send();
  await simulator.clock.advance(60_000);
  await vi.waitUntil(() => printed.length === 2, waiting);
  expect(printed[1]).toBe(`${first.id}: s3://images/${first.id}/staged-0.png`);

  // One of which the end is near: it is looked at often.
  simulator.outcomes.add({ durationMs: 60_000 });
  const second = await send();
  await simulator.clock.advance(8_000);
  const looks = countOf(simulator, "get");
  await vi.waitUntil(() => countOf(simulator, "get") > looks, waiting);
  child.kill("SIGTERM");
  const third = await send();
  await simulator.clock.advance(60_000);
  expect(await ended).toEqual([0, null]);
  expect(printed.slice(2)).toEqual([`${second.id}: s3://images/${second.id}/staged-0.png`, "Stopped"]);
  expect(await s3.keys()).toEqual([first, second].map(({ id }) => `${id}/staged-0.png`).sort());
  expect((await runStore.get(third.id))?.state).toBe("running");
});

it("lets go of what takes longer than its grace", { timeout: 60_000 }, async () => {
  const { simulator, runStore, send } = await startSender();
  const { id } = await send();
  const { child, printed, ended } = startWorker({ EVERY_MS: "50", GRACE_MS: "100" });
  await vi.waitUntil(() => countOf(simulator, "get") > 0, waiting);
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(printed).toEqual(["Working", expect.stringContaining(id), "Stopped"]);
  expect(await runStore.get(id)).toMatchObject({ state: "running", leaseExpiresAt: null });
});
