import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidPromptError } from "../../src/errors/invalid-prompt-error.ts";
import { modes } from "../../src/prompt/modes.ts";
import { preserve } from "../../src/prompt/preserve.ts";
import { rooms } from "../../src/prompt/rooms.ts";
import { type StagingPrompt, stagingPrompt } from "../../src/prompt/staging-prompt.ts";
import { styles } from "../../src/prompt/styles.ts";

function attempt(options: unknown): StagingPrompt | InvalidPromptError {
  try {
    return stagingPrompt(options as Parameters<typeof stagingPrompt>[0]);
  } catch (error) {
    if (InvalidPromptError.is(error)) return error;
    throw error;
  }
}

/** The problems as `field: message`. */
function problemsOf(options: unknown): readonly string[] {
  const outcome = attempt(options);
  if (!InvalidPromptError.is(outcome)) throw new Error("expected problems");
  return outcome.problems.map(({ field, message }) => `${field}: ${message}`);
}

const fieldsOf = (options: unknown) => problemsOf(options).map((problem) => problem.slice(0, problem.indexOf(":")));

describe("problems", () => {
  it.each([
    ["room", { room: "ballroom" }, rooms],
    ["style", { room: "office", style: "brutalist" }, styles],
    ["mode", { room: "office", mode: "paint" }, modes],
  ] as const)("list the legal values of %s", (field, options, table) => {
    const legal = Object.keys(table).map((key) => JSON.stringify(key));
    expect(problemsOf(options)).toEqual([`${field}: Invalid option: expected one of ${legal.join("|")}`]);
  });

  it("take no key from the prototype", () => {
    for (const room of ["constructor", "__proto__", "toString", "hasOwnProperty"]) expect(fieldsOf({ room })).toEqual(["room"]);
  });

  it("are all told at once, each with its place", () => {
    const options = JSON.parse(`{
      "room": 5, "style": "x", "mode": "y", "prompt": " - ", "notes": null, "colour": 1, "__proto__": {},
      "keep": ["ok", "", 4], "furniture": { "add": ["Sofa", "\\u0007"], "avoid": ["lamp", "the sofas"], "only": [] }
    }`);
    expect(fieldsOf(options)).toEqual([
      "colour",
      "__proto__",
      "room",
      "style",
      "mode",
      "keep[1]",
      "keep[2]",
      "furniture.add[1]",
      "furniture.only",
      "notes",
      "prompt",
    ]);
  });

  it.each([undefined, null, [], "living_room", 3])("refuse %j as options", (options) => {
    expect(fieldsOf(options)).toContain("options");
  });

  it("need a room where furniture is brought in", () => {
    for (const mode of [undefined, "stage", "complete", "restyle"]) expect(fieldsOf({ mode })).toEqual(["room"]);
  });

  it("name what would be ignored", () => {
    const extras = { style: "modern", furniture: { add: ["a sofa"] } };
    expect(fieldsOf({ mode: "empty", ...extras })).toEqual(["style", "furniture"]);
    expect(fieldsOf({ prompt: "Add a sofa", mode: "stage", notes: "now", ...extras })).toEqual(["style", "mode", "furniture", "notes"]);
  });

  it("bound every text and list", () => {
    expect(fieldsOf({ prompt: "x".repeat(2_001) })).toEqual(["prompt"]);
    expect(fieldsOf({ room: "office", notes: "x".repeat(501) })).toEqual(["notes"]);
    expect(fieldsOf({ room: "office", keep: ["x".repeat(121)] })).toEqual(["keep[0]"]);
    expect(fieldsOf({ room: "office", furniture: { avoid: Array(31).fill("x") } })).toEqual(["furniture.avoid"]);
    expect(stagingPrompt({ prompt: ` ${"x".repeat(2_000)} ` }).text).toContain(preserve);
    expect(stagingPrompt({ room: "office", keep: Array.from({ length: 30 }, (_, index) => `${index}${"x".repeat(118)}`) }).text).toContain(
      preserve,
    );
  });

  it("refuse broken text and holes in lists", () => {
    for (const prompt of ["a\u0000b", "a\u001bb", "a\ud800b"]) expect(fieldsOf({ prompt })).toEqual(["prompt"]);
    expect(fieldsOf({ mode: "empty", keep: new Array(1) })).toEqual(["keep[0]"]);
  });

  it("tell one piece by its words", () => {
    expect(fieldsOf({ room: "office", furniture: { add: ["a Desk Lamp"], avoid: ["desk-lamps"] } })).toEqual(["furniture.avoid[0]"]);
    expect(fieldsOf({ room: "office", keep: ["the piano"], furniture: { avoid: ["piano"] } })).toEqual(["furniture.avoid[0]"]);
    expect(stagingPrompt({ room: "office", furniture: { add: ["glass desk"], avoid: ["desk"] } }).text).toContain("glass desk");
  });
});

const secret = "SECRET words of the caller, which belong in no log at all";
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 130 }),
  fc.constantFrom(secret, `${secret}\u0000`, secret.repeat(50), "", "a sofa"),
);
const anything = fc.oneof({ weight: 3, arbitrary: text }, fc.jsonValue());
const list = fc.oneof({ weight: 4, arbitrary: fc.array(anything, { maxLength: 40 }) }, anything);
const key = (table: object) => fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...Object.keys(table)) }, anything);
const options = fc.record(
  {
    room: key(rooms),
    style: key(styles),
    mode: key(modes),
    keep: list,
    furniture: fc.oneof({ weight: 4, arbitrary: fc.record({ add: list, avoid: list }, { requiredKeys: [] }) }, anything),
    notes: anything,
    prompt: anything,
    [secret]: anything,
  },
  { requiredKeys: [] },
);
const valid = fc.record(
  {
    room: fc.constantFrom(...Object.keys(rooms)),
    style: fc.constantFrom(...Object.keys(styles)),
    mode: fc.constantFrom(...Object.keys(modes)),
    keep: fc.array(text, { maxLength: 4 }),
    notes: text,
    prompt: text,
  },
  { requiredKeys: [] },
);

it("gives a prompt that preserves the room, or all problems without the caller's texts, for any JSON", () => {
  const seen = { prompts: 0, problems: 0 };
  fc.assert(
    fc.property(fc.oneof(options, { weight: 3, arbitrary: valid }, fc.jsonValue()), (value) => {
      const json = JSON.stringify(value);
      const outcome = attempt(value);
      if (InvalidPromptError.is(outcome)) {
        seen.problems++;
        expect(outcome.problems.length).toBeGreaterThan(0);
        expect(outcome.message + JSON.stringify(outcome)).not.toContain("SECRET");
      } else {
        seen.prompts++;
        expect(outcome.text.split("\n")[1]).toBe(preserve);
        expect(outcome.text).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}]/u);
      }
      expect(JSON.stringify(value)).toBe(json);
    }),
    { numRuns: 2_000 },
  );
  expect(seen.prompts).toBeGreaterThan(20);
  expect(seen.problems).toBeGreaterThan(20);
});
