import { readdir } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";
import { toInterruptedError } from "../../src/cli/to-interrupted-error.ts";
import { toUnkeptWording } from "../../src/cli/to-unkept-wording.ts";
import { UnknownOutcomeError } from "../../src/errors/unknown-outcome-error.ts";
import { sampleAttempt } from "../../src/testing/run-store-cases/sample-attempt.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { pro, qwen } from "../replicate/helpers.ts";
import { ask, leaveUnknown, run, setUpRuns, startNamedReplicate } from "./runs-helpers.ts";

const setting = setUpRuns();

const cost = { microUsd: 40_000, basis: "table", priceVersion: "2026-11", outputs: 1 } as const;
const image = {
  contentType: "image/webp",
  byteLength: 28_400,
  sha256: "d".repeat(64),
  imageDataSha256: "e".repeat(64),
  perceptualHash: "0123456789abcdef",
  location: "s3://bucket/staged.webp",
};
const book = async (overrides: Parameters<typeof sampleRun>[0] = {}) =>
  (await setting.runStore.create(sampleRun({ id: `run_${crypto.randomUUID()}`, ...overrides }))).run;
const shortOf = (id: string) => id.slice(0, 12);
const idsOf = ({ runs }: { runs: { id: string }[] }) => runs.map(({ id }) => id);

describe("restage runs", () => {
  it("shows the newest runs by what is asked, and what is left to do", async () => {
    const done = await book({ state: "succeeded", modelId: pro, cost, images: [image], projectId: "list", group: "attic" });
    const unpriced = await book({ state: "failed", cost: { ...cost, microUsd: null }, projectId: "list" });
    const going = await book({ state: "running", projectId: "list" });
    const left = await leaveUnknown(setting, { projectId: "list" });

    const { code, stdout } = await run("runs", "--project", "list");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Runs · the database of DATABASE_URL .*\n\nID +WHEN \(UTC\) +MODEL +STATE +IMAGES +COST +PROJECT \/ GROUP\n/);
    expect(stdout).toMatch(
      new RegExp(`\n${shortOf(done.id)}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  flux-kontext-pro  succeeded +1 +\\$0\\.04  list / attic\n`),
    );
    expect(stdout).toMatch(new RegExp(`\n${shortOf(unpriced.id)} .* qwen-image-edit +failed +0 +unknown  list\n`));
    expect(stdout).toMatch(
      new RegExp(
        `\n\n1 run is unknown, for you to conclude: restage runs show ${shortOf(left.id)}\n1 run is under way: restage runs resume takes up .*$`,
      ),
    );

    const all = await ask(["runs", "list", "--project", "list"]);
    expect(idsOf(all)).toEqual([left.id, going.id, unpriced.id, done.id]);
    expect(all).toMatchObject({
      hasMore: false,
      open: { unknown: [left.id], underWay: [going.id], hasMore: false },
      runs: [{}, {}, {}, { images: [image] }],
    });
    const listed = async (...words: string[]) => idsOf(await ask(["runs", "--project", "list", ...words]));
    expect(await listed("--state", "succeeded", "--state", "failed")).toEqual([unpriced.id, done.id]);
    expect(await listed("--model", "flux-kontext-pro")).toEqual([done.id]);
    expect(await listed("--group", "attic")).toEqual([done.id]);
    expect(await listed("--since", "1h", "--limit", "4")).toHaveLength(4);
    expect((await run("runs", "--project", "list", "--limit", "3")).stdout).toContain("There are older ones: --limit shows more than 3");
    expect((await run("runs", "--project", "nobody")).stdout).toMatch(/\n\nNo such run is kept\.$/);
  });

  it("tells runs apart by when they were made", async () => {
    const { createdAt } = await book({ projectId: "since" });
    const after = new Date(Date.parse(createdAt) + 1).toISOString();
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(Date.parse(after)));
    expect(await ask(["runs", "--project", "since", "--since", after])).toMatchObject({ runs: [], hasMore: false });
    expect((await ask(["runs", "--project", "since", "--since", createdAt])).runs).toHaveLength(1);
  });

  it.each([
    ["--state takes preparing, creating", ["runs", "--state", "lost"]],
    ["--limit takes a whole number from 1 to 999", ["runs", "--limit", "1000"]],
    ["--since takes a time", ["runs", "--since", "yesterday"]],
    ["Unknown model", ["runs", "--model", "dall-e"]],
    ["restage runs show needs an ID", ["runs", "show"]],
    ["Did you mean runs show?", ["runs", "shwo"]],
    ["--limit is for all runs", ["runs", "resume", "run_1", "--limit", "5"]],
    ["--deadline takes a whole number", ["runs", "resume", "--deadline", "0.5"]],
    ["needs either --prediction PREDICTION_ID or --none", ["runs", "conclude", "run_1"]],
    ["needs either --prediction PREDICTION_ID or --none", ["runs", "conclude", "run_1", "--none", "--prediction", "abc"]],
    ["--prediction takes the id of a prediction", ["runs", "conclude", "run_1", "--prediction", "../account"]],
  ])("says %j and opens nothing", async (message, words) => {
    vi.stubEnv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    const { code, stderr } = await run(...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it("makes no folder where nothing is kept, and finds nothing there", async () => {
    vi.stubEnv("DATABASE_URL", undefined);
    expect(await ask(["runs"])).toMatchObject({ runs: [], place: expect.stringContaining("nothing is kept there yet") });
    expect(await ask(["runs", "resume"])).toMatchObject({ runs: [], ended: [] });
    for (const words of [
      ["runs", "show", "run_1"],
      ["runs", "resume", "run_12345678"],
      ["runs", "conclude", "run_1", "--none", "--yes"],
    ])
      expect((await ask(words, 2)).error).toMatchObject({
        code: "run_not_found",
        message: expect.stringMatching(/^There is no run "run_\d+": `restage runs` shows those that are kept$/),
      });
    expect(await readdir(setting.directory)).not.toContain("never");
  });
});

describe("restage runs show", () => {
  it("shows all of a run that a person may want to know", async () => {
    const sentAt = "2026-11-20T10:00:01.000Z";
    const attempts = [
      sampleAttempt({ sentAt, error: { code: "not_created", message: "nothing was created", retryable: true, billed: "no" } }),
      sampleAttempt({
        number: 2,
        sentAt,
        predictionId: "abc123",
        predictionStatus: "succeeded",
        foundBy: "listing",
        startedAt: sentAt,
        completedAt: "2026-11-20T10:00:09.000Z",
        predictTimeSeconds: 7.94,
        outputUrls: ["https://replicate.delivery/secret-address/out.webp"],
        cost,
      }),
    ];
    const { id } = await book({
      state: "succeeded",
      finishedAt: "2026-11-20T10:00:10.000Z",
      modelOrigin: "global",
      idempotencyKey: "order-1",
      prompt: "Furnish the room of Ms. Miller",
      warnings: [{ severity: "warning", code: "no_effect", field: "seed", reason: "is ignored", wayOut: "Leave it out" }],
      attempts,
      images: [image, { ...image, location: null, perceptualHash: null }],
      cost,
      disclosure: {
        statement: "Furniture was added.",
        originalLocation: "s3://bucket/room.jpg",
        originalSha256: null,
        stagedSha256: [image.sha256],
        modelId: qwen,
        at: sentAt,
      },
      feedback: { accepted: false, reason: "two sofas", at: sentAt },
    });
    const { code, stdout } = await run("runs", "show", shortOf(id));
    expect(code).toBe(0);
    for (const text of [
      `${id}: succeeded · the database`,
      "prompt           Furnish the room of Ms. Miller\n",
      "idempotency key  order-1\n",
      "model           qwen/qwen-image-edit  the active model\n",
      "output_quality  90                    stored config\n",
      "warning: seed: is ignored. Leave it out\n",
      "1  no prediction is known\n",
      "not_created (not charged): nothing was created\n",
      "2  succeeded  https://replicate.com/p/abc123, found in Replicate's list\n",
      "sent 2026-11-20 10:00:01, began 10:00:01, ended 10:00:09, computed 7.9 s\n",
      "cost $0.04, by the price table of 2026-11\n",
      "1  image/webp, 28 KB\n",
      "s3://bucket/staged.webp",
      image.sha256,
      image.imageDataSha256,
      image.perceptualHash,
      "whoever asked for it",
      "Furniture was added.",
      "s3://bucket/room.jpg",
      "2026-11-20 10:00:01: two sofas",
      "Next\n  Nothing.",
    ])
      expect(stdout).toContain(text);
    expect(stdout).not.toContain("secret-address");
    expect(await ask(["runs", "show", id])).toEqual(await setting.runStore.get(id));
  });

  it.each<[string, Parameters<typeof sampleRun>[0], RegExp]>([
    ["running", { state: "running" }, /restage runs resume takes it up\.$/],
    [
      "held",
      { state: "creating", leaseMs: 60_000 },
      /A process has it until \d\d:\d\d:\d\d \(UTC\), or longer\. If that was cut, restage runs resume/,
    ],
    ["expired", { state: "expired" }, /It was paid, and its images are gone/],
    ["free", { state: "aborted" }, /Nothing\. It can be staged again\.$/],
    [
      "perhaps charged",
      { state: "failed", error: { code: "capacity", message: "busy", retryable: true, billed: "unknown" } },
      /Error\n {2}capacity \(may be charged\): busy[\s\S]*that is paid again, too\.$/,
    ],
    [
      "canceled while it ran",
      { state: "canceled", cost: { microUsd: 30_000, basis: "table", priceVersion: "2026-11", outputs: 1 } },
      /that is paid again, too\.$/,
    ],
    [
      "not yet lost",
      {
        state: "succeeded",
        images: [{ ...image, location: null }],
        attempts: [sampleAttempt({ predictionId: crypto.randomUUID(), completedAt: new Date().toISOString() })],
      },
      /until \d\d:\d\d \(UTC\), restage runs resume run_\S+ fetches it again/,
    ],
  ])("tells the next step: %s", async (_, overrides, next) => {
    const { id } = await book(overrides);
    const { stdout } = await run("runs", "show", id);
    expect(stdout).toMatch(next);
    expect(stdout).toMatch(/prompt +not kept \(wording 1\)\n/);
  });

  it("says what a person has to find out about an unknown run", async () => {
    const { id } = await leaveUnknown(setting);
    const { stdout } = await run("runs", "show", id);
    const short = shortOf(id);
    expect(stdout).toContain(`restage runs conclude ${short} --prediction PREDICTION_ID\n`);
    expect(stdout).toMatch(new RegExp(`there is none: +restage runs conclude ${short} --none$`));
    expect(stdout).not.toContain("client.");
    expect(stdout.match(/unknown_outcome/g)).toHaveLength(1);
  });

  it("asks for more of an id where several runs begin so", async () => {
    const end = crypto.randomUUID().slice(8);
    await book({ id: `run_aaaaaaa1${end}` });
    await book({ id: `run_aaaaaaa2${end}` });
    const { code, stderr } = await run("runs", "show", "run_aaaaaaa");
    expect([code, stderr]).toEqual([2, expect.stringMatching(/Several runs begin with run_aaaaaaa: run_aaaaaaa2\S+, run_aaaaaaa1/)]);
  });
});

describe("restage runs conclude", () => {
  it("with --none: tells what that means, and ends the run as free, with its key free", async () => {
    const { id } = await leaveUnknown(setting, { idempotencyKey: "order-2" });
    const unasked = await run("runs", "conclude", id, "--none");
    expect(unasked).toMatchObject({ code: 2, stdout: "" });
    expect(unasked.stderr).toMatch(/that is paid, and\nstaging the photo again is paid twice[\s\S]*add --yes/);
    expect(await setting.runStore.get(id)).toMatchObject({ state: "unknown" });

    expect(await ask(["runs", "conclude", shortOf(id), "--none", "--yes"])).toMatchObject({
      isConcluded: true,
      run: { id, state: "failed", error: { code: "not_created", billed: "no" }, cost: { microUsd: 0 } },
    });
    expect((await setting.runStore.create(sampleRun({ idempotencyKey: "order-2" }))).isNew).toBe(true);
    const again = await run("runs", "conclude", id, "--none", "--yes");
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining(`Run ${id} is failed: only an unknown run can be concluded`)]);
  });

  it("with --prediction: the run goes on with it, its images come home, and it is paid once", async () => {
    const simulator = await startNamedReplicate();
    const plant = (modelId: string) =>
      simulator.createElsewhere({ modelId, input: { prompt: "Ms. Miller", image: "https://example.com/a.png" } });
    const [predictionId, foreign] = [plant(qwen), plant(pro)];
    await simulator.clock.advance(60_000);
    const { id } = await leaveUnknown(setting);
    const conclude = (prediction: string) => run("runs", "conclude", id, "--prediction", prediction, "--yes");

    expect(await conclude("nobodys")).toMatchObject({ code: 2, stderr: expect.stringContaining("Replicate knows no prediction nobodys") });
    expect(await conclude(foreign)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`--prediction: is one of ${pro}, not of ${qwen}`),
    });
    const { code, stdout } = await conclude(`https://replicate.com/p/${predictionId}`);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`✓ Run ${id} is running, with prediction ${predictionId}`)]);

    const { runs } = await ask(["runs", "resume", id, "--out", setting.directory]);
    expect(runs).toMatchObject([{ runId: id, run: { state: "succeeded", attempts: [{ predictionId, foundBy: "person" }] } }]);
    expect(await readdir(setting.directory)).toContain(`${id}-staged.png`);
    expect(simulator.requests.filter(({ target }) => target === "create")).toHaveLength(0);
    const other = await leaveUnknown(setting);
    expect((await ask(["runs", "conclude", other.id, "--prediction", predictionId, "--yes"], 1)).error.message).toContain(
      "belongs to another run",
    );
    expect(await run("runs", "conclude", other.id, "--none", "--yes")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("cost nothing"),
    });
  });

  it("wants a token to look at a prediction, and none for --none", async () => {
    const { id } = await leaveUnknown(setting);
    const { code, stderr } = await run("runs", "conclude", id, "--prediction", "abc", "--yes");
    expect([code, stderr]).toEqual([
      2,
      "error: No Replicate API token: set REPLICATE_API_TOKEN (https://replicate.com/account/api-tokens)",
    ]);
    expect((await run("runs", "conclude", id, "--none", "--yes")).code).toBe(0);
  });
});

describe("what a staging says that was cut", () => {
  const running = new Map([["run_1", { predictionId: "abc", modelId: qwen }]]);
  const storage = (keptIn: string | null) => ({ keptIn }) as Parameters<typeof toInterruptedError>[0]["storage"];

  it("names the command that brings its images home, where its run is kept", () => {
    const kept = toInterruptedError({ isSimulated: false, running, unknown: new Set(), storage: storage(".restage") });
    expect(kept.message).toMatch(/https:\/\/replicate\.com\/p\/abc\n`restage runs resume` brings them home$/);
    const unkept = toInterruptedError({ isSimulated: false, running, unknown: new Set(), storage: storage(null) });
    expect(unkept.message).not.toContain("restage runs");
  });

  it("does not say that nothing runs while nobody knows", () => {
    const cut = { isSimulated: false, running: new Map(), unknown: new Set(["run_1"]) };
    const kept = toInterruptedError({ ...cut, storage: storage(".restage") });
    expect(kept).toMatchObject({
      billed: "unknown",
      message: expect.stringMatching(/run_1 is not known: `restage runs resume` finds out$/),
    });
    expect(toInterruptedError({ ...cut, storage: storage(null) }).message).toContain("look at replicate.com/predictions");
    expect(toUnkeptWording(new UnknownOutcomeError("run_1", "HTTP 500").message)).toMatch(
      /look at replicate\.com\/predictions before you stage it again$/,
    );
  });
});
