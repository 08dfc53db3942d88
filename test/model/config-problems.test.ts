import { expect, it } from "vitest";
import { z } from "zod";
import { toConfigProblems, unknownField } from "../../src/model/config-problems.ts";

const schema = z.strictObject({
  count: z.int().max(4),
  tags: z.array(z.string()),
  nested: z.strictObject({ depth: z.int() }),
});

function problemsOf(value: unknown): readonly string[] {
  const { error } = schema.safeParse(value);
  return toConfigProblems(error?.issues ?? [], ["count", "tags", "nested"]).map(({ field, message }) => `${field}: ${message}`);
}

it("names every unknown field by itself, with the known ones", () => {
  expect(problemsOf({ count: 1, tags: [], nested: { depth: 1 }, one: 1, two: 2 })).toEqual([
    "one: Unknown field. Known fields: count, tags, nested",
    "two: Unknown field. Known fields: count, tags, nested",
  ]);
});

it("names the place of a problem, nested ones by their path", () => {
  expect(problemsOf({ count: 5, tags: ["ok", 7], nested: { depth: "deep" } }).map((problem) => problem.split(":")[0])).toEqual([
    "count",
    "tags.1",
    "nested.depth",
  ]);
  expect(problemsOf(null)).toEqual(["(config): Invalid input: expected object, received null"]);
});

it("does not take an unknown field of a nested object for one of the config", () => {
  const [problem, ...others] = problemsOf({ count: 1, tags: [], nested: { depth: 1, width: 2 } });
  expect(others).toEqual([]);
  expect(problem).toMatch(/^nested: .*width/);
  expect(problem).not.toContain("Known fields");
});

it("bounds the name of an unknown field", () => {
  expect(unknownField("x".repeat(10_000), ["seed"])).toEqual({
    field: "x".repeat(100),
    message: "Unknown field. Known fields: seed",
  });
});
