import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRunPacker } from "../../../src/stores/memory/create-run-packer.ts";
import { sampleAttempt, sampleRun } from "../../../src/testing/run-store-suite.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A run that succeeded, with all that is its own. */
function toRun(number: number, overrides: object = {}): object {
  const uuid = sha256(`id ${number}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
  const toTime = (milliseconds: number) => new Date(Date.UTC(2026, 3, 1) + number * 1_000 + milliseconds).toISOString();
  const seed = 2 ** 30 + number;
  const cost = { microUsd: 30_000, basis: "table", priceVersion: "2026-04", outputs: 1 } as const;
  return {
    ...sampleRun({
      id: `run_${uuid}`,
      idempotencyKey: `order ${number}`,
      fingerprint: sha256(`request ${number}`),
      state: "succeeded",
      cost,
    }),
    room: ["living_room", "bedroom", "kitchen"][number % 3],
    config: { aspect_ratio: "match_input_image", output_quality: 80, seed },
    photo: { source: "bytes", contentType: "image/jpeg", byteLength: 100_000 + number, sha256: sha256(`photo ${number}`) },
    attempts: [
      sampleAttempt({
        mark: { prompt: `text:${sha256(`prompt ${number % 3}`)}`, image: `address:${sha256(`address ${number}`)}`, seed },
        predictionId: sha256(`prediction ${number}`).slice(0, 26),
        predictionStatus: "succeeded",
        foundBy: "answer",
        sentAt: toTime(20),
        closedAt: toTime(60_020),
        startedAt: toTime(500).replace("Z", "123Z"),
        completedAt: toTime(7_000).replace("Z", "456Z"),
        predictTimeSeconds: 6.5 + number / 1_000,
        outputUrls: [`https://replicate.delivery/xezq/${sha256(`output ${number}`).slice(0, 44)}/out-0.webp`],
        cost,
      }),
    ],
    images: [{ contentType: "image/webp", byteLength: 200_000 + number, sha256: sha256(`image ${number}`), location: null }],
    version: 6,
    createdAt: toTime(0),
    updatedAt: toTime(7_600),
    finishedAt: toTime(7_500),
    leaseExpiresAt: null,
    ...overrides,
  };
}

/** Packs each and gives it back; holds what comes back to what was given. */
function packAll(runs: readonly unknown[]): readonly string[] {
  const { pack, unpack } = createRunPacker();
  const packed = runs.map((run) => pack(JSON.stringify(run)));
  expect(packed.map((text) => JSON.parse(unpack(text)))).toEqual(runs.map((run) => JSON.parse(JSON.stringify(run))));
  return packed;
}

const toNumbers = (count: number): readonly number[] => [...Array(count).keys()];

describe("createRunPacker", () => {
  it("keeps what is a run's own, and little of it: at most 650 characters of one byte", () => {
    const packed = packAll(toNumbers(1_000).map((number) => toRun(number)));
    expect(Math.max(...packed.map((text) => text.length))).toBeLessThanOrEqual(650);
    for (const text of packed) expect(text).toMatch(/^[\0-\xff]*$/);
  });

  it("keeps text of any script in one byte a character", () => {
    const packed = packAll(toNumbers(10).map((number) => toRun(number, { group: `リビング ${number} 🛋️`, projectId: "غرفة" })));
    for (const text of packed) expect(text).toMatch(/^[\0-\xff]*$/);
  });

  it("makes a pattern of what is unlike the others, a few of each shape", () => {
    const toWarning = (number: number) => [{ code: "no_effect", reason: `${number % 3} `.repeat(500) }];
    const lengths = packAll(toNumbers(30).map((number) => toRun(number, { warnings: toWarning(number) }))).map(({ length }) => length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(650);
    const many = packAll(toNumbers(30).map((number) => toRun(number, { warnings: [{ reason: `${number} `.repeat(500) }] })));
    expect(many.filter(({ length }) => length < 650)).toHaveLength(4);
  });

  it("keeps runs of more shapes than it has patterns for", () => {
    const packed = packAll(toNumbers(1_000).map((number) => toRun(number, { extraInput: { [`field_${number}`]: true } })));
    expect(packed.filter(({ length }) => length < 650)).toHaveLength(200);
  });

  it("keeps every JSON to the letter", () => {
    const awkward = fc.constantFrom(
      ...[
        "\n",
        "\u0001",
        "\u0003aaaaaa",
        "\\",
        '"',
        ':"',
        ',"a":',
        "{",
        "",
        "text:",
        sha256("a"),
        sha256("a").repeat(2),
        `${sha256("a")}f`,
        sha256("A").toUpperCase(),
      ],
      ...["00000000-0000-0000-0000-000000000000", "2026-04-01T09:00:00.000Z", "2026-02-31T09:00:00.000Z", "2026-13-01T25:00:00.000Z"],
      ...["1969-12-31T23:59:59.999Z", "0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999999Z", "2026-04-01T24:00:00.000Z", "\ud800", "🛋"],
    );
    const text = fc.oneof(
      awkward,
      fc.string({ unit: "binary" }),
      fc.tuple(awkward, awkward).map((parts) => parts.join("")),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(true, false, null),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(text, tie("value"), { maxKeys: 4 }),
      ),
    }));
    const run = fc.record({ id: text, state: text, rest: value });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 20 }), (runs) => {
        const { pack, unpack, lookFor } = createRunPacker();
        const packed = runs.map((given) => pack(JSON.stringify(given)));
        for (const [index, given] of runs.entries()) {
          expect(JSON.stringify(JSON.parse(unpack(packed[index] ?? "")))).toBe(JSON.stringify(given));
          for (const wanted of [given.id, given.state]) expect(lookFor(wanted)(packed[index] ?? "")).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("tells which runs need not be unpacked", () => {
    const { pack, lookFor } = createRunPacker();
    const packed = toNumbers(100).map((number) => pack(JSON.stringify(toRun(number, { projectId: `project ${number % 10}` }))));
    // The first run is the pattern of all: what it has, any may have.
    expect(packed.filter(lookFor("project 3"))).toHaveLength(10);
    expect(packed.filter(lookFor("project 0"))).toHaveLength(100);
    expect(packed.filter(lookFor("project"))).toHaveLength(0);
    expect(packed.filter(lookFor(sha256("photo 7")))).toHaveLength(1);
  });

  it("keeps a pattern as long as a run has it, and then makes room for another", () => {
    const { pack, release, unpack } = createRunPacker();
    const toJson = (number: number, field = "same") => JSON.stringify(toRun(number, { extraInput: { [field]: true } }));
    const [first, second] = [pack(toJson(1)), pack(toJson(2))];
    release(first);
    expect(JSON.parse(unpack(second))).toEqual(JSON.parse(toJson(2)));
    release(second);
    // Enough shapes to run out of patterns, were those of earlier runs still there.
    for (const number of toNumbers(1_000)) {
      const packed = pack(toJson(number, `field_${number}`));
      expect(packed.length).toBeLessThan(650);
      release(packed);
    }
    const kept = pack(toJson(3));
    release("{}");
    expect(JSON.parse(unpack(kept))).toEqual(JSON.parse(toJson(3)));
  });
});
