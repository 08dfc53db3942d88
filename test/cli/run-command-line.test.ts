import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import { registry } from "../../src/models/registry.ts";
import { createReplicateSimulator, type ReplicateSimulator } from "../../src/testing/index.ts";
import { prepareFolder } from "./prepare-folder.ts";
import { recordTerminal } from "./record-terminal.ts";

let simulator: ReplicateSimulator;
let directory: string;
let photo: string;

beforeAll(async () => {
  simulator = await createReplicateSimulator({ seed: 2, rateLimits: false });
  directory = await mkdtemp(join(tmpdir(), "restage-cli-"));
  photo = join(directory, "room.png");
  await writeFile(
    photo,
    await sharp({ create: { width: 96, height: 64, channels: 3, background: "#cdb" } })
      .png()
      .toBuffer(),
  );
  await writeFile(join(directory, "plan.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
  await writeFile(join(directory, "empty.jpg"), "");
  await mkdir(join(directory, "folder"));
  await prepareFolder(join(directory, "data"));
});
afterAll(async () => {
  await simulator.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  vi.stubEnv("REPLICATE_BASE_URL", simulator.url);
  vi.stubEnv("REPLICATE_API_TOKEN", simulator.token);
  vi.stubEnv("REPLICATE_MODEL_VERSION", undefined);
  vi.stubEnv("DATABASE_URL", undefined);
  vi.stubEnv("RESTAGE_DATA", join(directory, "never"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  simulator.outcomes.clear();
});

async function run(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const terminal = recordTerminal();
  const code = await runCommandLine(words, terminal);
  return { code, stdout: terminal.printed.join("\n"), stderr: terminal.noted.join("\n") };
}

const stage = (file: string, ...words: string[]) => run("stage", join(directory, file), "--out", join(directory, "never.png"), ...words);

describe("help and version", () => {
  it("shows the commands, and each command's options, choices and examples", async () => {
    expect((await run()).stdout).toMatch(/restage COMMAND[\s\S]*models[\s\S]*stage[\s\S]*demo[\s\S]*config/);
    const help = await run("stage", "--help");
    for (const text of ["--dry-run", "living_room", "scandinavian", "declutter", "Examples"]) expect(help.stdout).toContain(text);
    for (const name of ["models", "demo"])
      expect(await run(name, "-h")).toMatchObject({ code: 0, stdout: expect.stringContaining("Examples") });
    for (const words of [["config"], ["config", "--help"]])
      expect((await run(...words)).stdout).toMatch(/restage config COMMAND[\s\S]*config set MODEL \[FIELD=VALUE\] …/);
    expect((await run("config", "set", "--help")).stdout).toMatch(/restage config set MODEL[\s\S]*--expected-version N[\s\S]*Examples/);
    expect(await run("--version")).toEqual({ code: 0, stdout: packageJson.version, stderr: "" });
  });
});

describe("restage models", () => {
  it("lists the models and says why one cannot stage", async () => {
    const { code, stdout } = await run("models");
    for (const { id } of registry.list()) expect(stdout).toContain(id);
    expect(stdout).toMatch(/qwen\/qwen-image-edit +Qwen Image Edit +yes +\$0\.03 +8\.0 s +active, default\n/);
    expect(stdout).toMatch(
      /seedream-3 cannot stage a photo:\n {2}- it takes no photo.*\n {2}- it was retired on 2026-05-13.*use bytedance\/seedream-4\n/,
    );
    expect(code).toBe(0);
  });

  it("tells programs the same", async () => {
    const models: { id: string; canStage: boolean; isDefault: boolean }[] = JSON.parse((await run("models", "--json")).stdout);
    expect(models.map(({ id }) => id)).toEqual(registry.list().map(({ id }) => id));
    expect(models.filter(({ canStage }) => !canStage).map(({ id }) => id)).toEqual(["bytedance/seedream-3"]);
    expect(models.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual(["qwen/qwen-image-edit"]);
  });

  it("shows the config fields of one model, and which have no effect", async () => {
    const { stdout } = await run("models", "flux-kontext-pro");
    expect(stdout).toMatch(/output_format +string, default png\n +one of png jpg\n/);
    expect(stdout).toMatch(/safety_tolerance +int, 1 to 6, default 4\n/);
    expect(stdout).toMatch(/No effect on this model.*: num_outputs, output_quality$/);
    const { fields } = JSON.parse((await run("models", "black-forest-labs/flux-kontext-pro", "--json")).stdout);
    expect(fields).toContainEqual(expect.objectContaining({ name: "num_outputs", hasEffect: false, min: 1, max: 4 }));
  });
});

describe("restage stage --dry-run", () => {
  it("shows model, prompt, input, warnings and estimate, needs no token and sends nothing", async () => {
    vi.stubEnv("REPLICATE_API_TOKEN", undefined);
    const before = simulator.requests.length;
    const words = [
      "--room",
      "bedroom",
      "--model",
      "flux-kontext-pro",
      "--add",
      "a desk",
      "--keep",
      "the lamp",
      "--set",
      "seed=5",
      "--dry-run",
    ];
    const { code, stdout } = await stage("room.png", ...words);
    expect(stdout).toMatch(/^Flux Kontext Pro black-forest-labs\/flux-kontext-pro: you chose it\n/);
    for (const text of ["a desk", "the lamp", "at most $0.04 for 1 image", "Nothing was sent."]) expect(stdout).toContain(text);
    expect(stdout).toMatch(/seed +5 +you set it\n/);
    expect(stdout).toMatch(/Warnings\n {2}safety_tolerance: /);
    expect(code).toBe(0);
    const plan = JSON.parse((await stage("room.png", ...words, "--json")).stdout);
    expect(plan).toMatchObject({ modelId: "black-forest-labs/flux-kontext-pro", input: { seed: 5 }, estimate: { microUsd: 40_000 } });
    expect(simulator.requests).toHaveLength(before);
    expect(await readdir(directory)).not.toContain("never.png");
  });
});

describe("restage stage --simulate", { timeout: 90_000 }, () => {
  it("stages offline without a token, and says so", async () => {
    vi.stubEnv("REPLICATE_API_TOKEN", undefined);
    vi.stubEnv("RESTAGE_DATA", join(directory, "data"));
    const out = join(directory, "simulated.webp");
    const { code, stdout } = await run("stage", photo, "--mode", "empty", "--simulate", "--out", out);
    expect(stdout).toContain(`file  ${out} (image/webp, `);
    expect(stdout).toMatch(
      /time {2}\d+\.\d s \(simulated\)\n {2}cost {2}nothing \(about \$0\.03 on Replicate\)\n {2}run {3}run_\S+ \(kept in \S+data \(PGlite\)\)\n {2}Simulated: /,
    );
    expect(code).toBe(0);
  });
});

describe("bad input", () => {
  it.each<[name: string, words: readonly string[], message: RegExp | string, code?: number]>([
    ["a missing file", ["gone.jpg", "--room", "bedroom"], /there is no file .*gone\.jpg/],
    ["a directory", ["folder", "--room", "bedroom"], "is a directory; name one photo"],
    ["an SVG", ["plan.svg", "--room", "bedroom"], /an SVG/i],
    ["an empty file", ["empty.jpg", "--room", "bedroom"], "it is empty"],
    ["an unknown model", ["room.png", "--room", "bedroom", "--model", "dall-e"], /Unknown model "dall-e".*qwen\/qwen-image-edit[^(]*$/, 2],
    [
      "a text-only model",
      ["room.png", "--room", "bedroom", "--model", "seedream-3"],
      /cannot stage photos[\s\S]*use bytedance\/seedream-4/,
    ],
    ["an unknown room", ["room.png", "--room", "attic"], /room: .*living_room/, 2],
    ["an unknown style", ["room.png", "--room", "bedroom", "--style", "goth"], /style: .*scandinavian/, 2],
    ["no room", ["room.png"], /room: .*living_room/, 2],
    ["a blank prompt", ["room.png", "--prompt", " "], /prompt: .*blank/, 2],
    ["an unknown field", ["room.png", "--room", "bedroom", "--set", "sharpness=3"], /sharpness: .*output_quality/],
    ["an illegal value", ["room.png", "--room", "bedroom", "--set", "output_quality=900"], /output_quality: .*100/],
    ["__proto__", ["room.png", "--room", "bedroom", "--set", "__proto__=1"], /__proto__/],
  ])("refuses %s before anything is sent", async (_, [file = "", ...words], message, code = 1) => {
    const before = simulator.requests.length;
    const asText = await stage(file, ...words);
    expect(asText).toMatchObject({ code, stdout: "" });
    expect(asText.stderr).toMatch(/^error: /);
    expect(asText.stderr).toMatch(message instanceof RegExp ? message : new RegExp(message.replace(/[.]/g, "\\.")));
    const asJson = await stage(file, ...words, "--json");
    expect(asJson).toMatchObject({ code, stderr: "" });
    expect(JSON.parse(asJson.stdout).error).toMatchObject({ code: expect.stringMatching(/^[a-z_]+$/), billed: "no" });
    expect(simulator.requests).toHaveLength(before);
    expect(await readdir(directory)).not.toContain("never");
  });

  it("names both ways out where there is no token", async () => {
    vi.stubEnv("REPLICATE_API_TOKEN", undefined);
    const { code, stderr } = await stage("room.png", "--room", "bedroom");
    expect(stderr).toMatch(/No Replicate API token[\s\S]*REPLICATE_API_TOKEN[\s\S]*--simulate/);
    expect(code).toBe(2);
    expect(await readdir(directory)).not.toContain("never");
  });

  it.each<[words: readonly string[], message: string]>([
    [["paint"], 'Unknown command "paint". There are models, stage, demo'],
    [["stgae"], 'Unknown command "stgae". Did you mean stage?'],
    [["config", "gte"], 'Unknown command "config gte". Did you mean config get? There are config get, config set'],
    [["config", "--json"], "restage config needs a command. There are config get, config set"],
    [["--json"], "restage needs a command. There are models, stage"],
    [["stage", "a.jpg", "--out", ""], "--out needs a value"],
    [["demo", "--out="], "--out needs a value"],
    [["config", "export", "--out", ""], "--out needs a value"],
    [["config", "trail", "--out", ""], "--out needs a value"],
    [["migrate", "print", "--out", ""], "--out needs a value"],
    [["config", "rollback", "qwen-image-edit"], "restage config rollback needs a VERSION"],
    [["config", "rollback", "qwen-image-edit", "1", "2"], 'takes one SETTING and one VERSION; "2" is too much'],
    [["config", "rollback", "qwen-image-edit", "one"], 'VERSION takes the number of a version, such as 3; not "one"'],
    [["config", "set", "qwen-image-edit"], "There is nothing to change"],
    [["config", "set", "qwen-image-edit", "seed"], "A value is given as field=value"],
    [["config", "set", "qwen-image-edit", "--unset", "sed"], "Did you mean seed?"],
    [["stage"], "restage stage needs a PHOTO"],
    [["stage", "a.jpg", "b.jpg"], '"b.jpg" is too much'],
    [["stage", "a.jpg", "--colour", "red"], "Unknown option --colour. restage stage knows --room"],
    [["stage", "a.jpg", "--room"], "--room needs a value"],
    [["stage", "a.jpg", "--room", "--force"], "--room needs a value"],
    [["stage", "a.jpg", "--room", "bedroom", "--room", "office"], "--room can be given once"],
    [["stage", "a.jpg", "--force=yes"], "--force takes no value"],
    [["demo", "here"], "restage demo takes no argument"],
    [["demo", "--speed", "fast"], "--speed must be 1 to 100"],
    [["demo", "--live", "--speed", "2"], "--speed is for the simulator"],
    [["demo", "--live"], "add --yes"],
  ])("ends with code 2 for %j", async (words, message) => {
    const before = simulator.requests.length;
    const { code, stdout, stderr } = await run(...words);
    expect(stdout + stderr).toContain(message);
    expect(code).toBe(2);
    expect(simulator.requests).toHaveLength(before);
    expect(await readdir(directory)).not.toContain("never");
  });

  it("tells programs of wrong usage too", async () => {
    const { code, stdout } = await run("stage", "--json");
    expect(JSON.parse(stdout).error).toMatchObject({ code: "usage", message: expect.stringContaining("PHOTO") });
    expect(code).toBe(2);
  });
});

describe("restage demo --live", { timeout: 90_000 }, () => {
  it("needs a token", async () => {
    vi.stubEnv("REPLICATE_API_TOKEN", undefined);
    expect(await run("demo", "--live", "--yes")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--live needs REPLICATE_API_TOKEN"),
    });
  });

  it("reports what failed, and keeps what did not", async () => {
    simulator.outcomes.add({ startingMs: 0, durationMs: 0, modelId: "qwen/qwen-image-edit" });
    simulator.outcomes.add({ status: "failed", error: "the model is tired", startingMs: 0, durationMs: 0, times: 15 });
    vi.stubEnv("RESTAGE_DATA", join(directory, "data"));
    const out = join(directory, "live");
    const { code, stdout, stderr } = await run("demo", "--live", "--yes", "--out", out);
    expect(stderr).toContain("Staging 16 images on Replicate costs about $0.72");
    expect(stdout).toContain("Total: 1 image, $0.03\n");
    expect(stdout).toContain("15 of 16 failed:");
    expect(stdout).toMatch(/brick-office, bytedance\/seedream-4: .*the model is tired/);
    expect((await readdir(out)).filter((name) => name.includes("qwen"))).toHaveLength(1);
    expect(code).toBe(1);
  });

  it("does not go on where the account itself is refused", async () => {
    vi.stubEnv("REPLICATE_API_TOKEN", "r8_wrong");
    vi.stubEnv("RESTAGE_DATA", join(directory, "data"));
    const before = simulator.requests.length;
    const { code, stdout } = await run("demo", "--live", "--yes", "--json", "--out", join(directory, "refused"));
    const { stagings } = JSON.parse(stdout);
    expect(stagings).toHaveLength(16);
    for (const { error } of stagings) expect(error.code).toBe("unauthenticated");
    expect(simulator.requests.length - before).toBeLessThanOrEqual(4);
    expect(code).toBe(1);
  });
});
