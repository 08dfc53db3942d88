import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareCodePoints } from "../../../src/stores/memory/compare-code-points.ts";
import { memoryConfigStore } from "../../../src/stores/memory/memory-config-store.ts";
import { configStoreSuite } from "../../../src/testing/config-store-suite.ts";

const unsupported: { readonly watch?: string } = {};

describe("memoryConfigStore keeps the suite", () => {
  for (const { name, requires, run } of configStoreSuite) {
    it(name, async ({ skip }) => {
      const reason = requires === undefined ? undefined : unsupported[requires];
      if (reason !== undefined) skip(reason);
      await run({ createStore: () => memoryConfigStore() });
    });
  }
});

it("dates versions by its clock", async () => {
  const store = memoryConfigStore({ clock: () => 0 });
  const { updatedAt } = await store.put("key", 1, { author: { name: "Ada" } });
  expect(updatedAt).toBe("1970-01-01T00:00:00.000Z");
});

it("gives back any JSON value, whatever its names", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ stringUnit: "binary", maxDepth: 3 }), async (value) => {
      const text = JSON.stringify(value);
      fc.pre(!text.includes("\\u0000") && !/\\ud[89a-f]/.test(text));
      const store = memoryConfigStore();
      await store.put("key", JSON.parse(text), { author: { name: "Ada" } });
      expect(JSON.stringify((await store.getMany(["key"])).get("key")?.value)).toBe(text);
    }),
  );
});

it("orders keys by code point", () => {
  const toCodePoints = (text: string) => Array.from(text, (character) => (character.codePointAt(0) ?? 0).toString(16).padStart(6, "0"));
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (left, right) => {
      const [leftPoints, rightPoints] = [toCodePoints(left).join(), toCodePoints(right).join()];
      const expected = leftPoints < rightPoints ? -1 : leftPoints > rightPoints ? 1 : 0;
      expect(Math.sign(compareCodePoints(left, right))).toBe(expected);
    }),
  );
});
