import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { detectImageType } from "../../src/replicate/image-type.ts";
import { createReplicateSimulator, type ReplicateSimulator } from "../../src/testing/index.ts";
import { prepareFolder } from "./prepare-folder.ts";
import { runCli } from "./run-cli.ts";

let simulator: ReplicateSimulator;
let data: string;
let cwd: string;
let env: Record<string, string>;

beforeAll(async () => {
  simulator = await createReplicateSimulator({ seed: 1 });
  data = await mkdtemp(join(tmpdir(), "restage-data-"));
  await prepareFolder(data);
  env = { REPLICATE_BASE_URL: simulator.url, REPLICATE_API_TOKEN: simulator.token, RESTAGE_DATA: data };
});
afterAll(async () => {
  await simulator.close();
  await rm(data, { recursive: true });
});

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "restage-stage-"));
  await writeFile(
    join(cwd, "my room.png"),
    await sharp({ create: { width: 96, height: 64, channels: 3, background: "#cdb" } })
      .png()
      .toBuffer(),
  );
  simulator.outcomes.clear();
  return () => rm(cwd, { recursive: true });
});

// Done at once: the command line lives by real time.
const atOnce = { startingMs: 0, durationMs: 0 };
const creates = () => simulator.requests.filter(({ target }) => target === "create");

describe("restage stage", { timeout: 90_000 }, () => {
  it("stages a photo on Replicate into a file named after it, and does not overwrite that one", async () => {
    simulator.outcomes.add(atOnce);
    const words = ["stage", "my room.png", "--room", "living_room", "--style", "scandinavian"];
    const first = await runCli(words, { cwd, env: { ...env, REPLICATE_MODEL_VERSION: "abc" } });
    expect(first.stderr).toMatch(/^notice: REPLICATE_MODEL_VERSION is set and ignored.*\nuploading the photo .*\nsending /);
    expect(first.stderr.match(/REPLICATE_MODEL_VERSION/g)).toHaveLength(1);
    expect(first.stdout).toMatch(/^✓ Qwen Image Edit · stage, living_room, scandinavian\n {2}file {2}my room-staged\.webp \(image\/webp, /);
    expect(first.stdout).toContain("$0.03 (by the price table of ");
    expect(first.stdout).toContain(` (kept in ${data} (PGlite))`);
    expect(first.stdout + first.stderr).not.toContain(simulator.token);
    expect(first.code).toBe(0);
    const staged = await readFile(join(cwd, "my room-staged.webp"));
    expect(detectImageType(staged)?.extension).toBe("webp");
    expect(creates()).toHaveLength(1);

    const second = await runCli(words, { cwd, env });
    expect(second).toMatchObject({ code: 1, stdout: "" });
    expect(second.stderr).toContain("error: my room-staged.webp exists. --force overwrites it, --out names another place");
    expect(await readFile(join(cwd, "my room-staged.webp"))).toEqual(staged);
    expect(creates()).toHaveLength(1);
  });

  it("prints one JSON document on standard output, and nothing else", async () => {
    simulator.outcomes.add(atOnce);
    const words = ["stage", "my room.png", "--room", "bedroom", "--model", "flux-kontext-pro", "--set", "output_format=jpg"];
    const { code, stdout, stderr } = await runCli([...words, "--set", "num_outputs=2", "--out", "staged/", "--json"], { cwd, env });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ simulated: false, keptIn: `${data} (PGlite)`, files: [join("staged", "my room-staged.jpg")] });
    expect(result.run).toMatchObject({
      state: "succeeded",
      modelId: "black-forest-labs/flux-kontext-pro",
      room: "bedroom",
      config: { output_format: "jpg" },
    });
    expect(result.run.images[0]).toMatchObject({ contentType: "image/jpeg" });
    expect(stderr).toContain("warning: num_outputs: ");
    expect(code).toBe(0);
    expect(await readdir(join(cwd, "staged"))).toEqual(["my room-staged.jpg"]);
  });

  it("ends the waiting at Ctrl-C and tells what goes on", async () => {
    simulator.outcomes.add({ neverStarts: true });
    const { code, stdout } = await runCli(["stage", "my room.png", "--room", "office", "--json"], {
      cwd,
      env,
      onStderr: (text, child) => {
        if (text.includes("waiting to start") && !text.includes("Stopping")) child.kill("SIGINT");
      },
    });
    const prediction = simulator.predictions.at(-1);
    expect(JSON.parse(stdout).error).toMatchObject({ code: "interrupted", billed: "unknown", predictionIds: [prediction?.id] });
    expect(JSON.parse(stdout).error.message).toContain(
      `goes on at Replicate and may cost up to $0.03; its images stay there for an hour:\n- https://replicate.com/p/${prediction?.id}`,
    );
    expect(prediction?.status).toBe("starting");
    expect(code).toBe(130);
  });
});
