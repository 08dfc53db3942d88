import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/basics/sha256.ts";
import { toMark } from "../../src/client/to-mark.ts";

describe("toMark", () => {
  it.each<[string, unknown, unknown]>([
    ["a short word", "match_input_image", "match_input_image"],
    ["a ratio", "16:9", "16:9"],
    ["a number", 80, 80],
    ["nought", 0, 0],
    ["a switch", false, false],
    ["a list of numbers", [1, 2], undefined],
    ["an object", { a: 1 }, undefined],
    ["null", null, undefined],
    ["undefined", undefined, undefined],
    ["an empty list", [], undefined],
  ])("keeps %s as it is, or leaves it out", async (_, value, marked) => {
    expect(await toMark({ key: value })).toEqual(marked === undefined ? {} : { key: marked });
  });

  it.each(["Furnish this living room", "sofa, please", "x".repeat(33), "Küche", ""])("hides the text %j", async (text) => {
    const mark = await toMark({ prompt: text });
    expect(mark).toEqual({ prompt: `text:${await sha256(text)}` });
  });

  it.each(["https://example.com/room.jpg", "HTTP://127.0.0.1/a", "data:image/png;base64,AAAA"])("hides the address %s", async (url) => {
    expect(await toMark({ image: url })).toEqual({ image: `address:${await sha256(url)}` });
    expect(await toMark({ image: [url] })).toEqual({ image: `address:${await sha256(url)}` });
  });

  it("tells lists of addresses apart by their order", async () => {
    const [a, b] = ["https://example.com/a", "https://example.com/b"];
    const marks = await Promise.all([[a, b], [b, a], [a], [`${a}\n${b}`, ""]].map((image) => toMark({ image })));
    expect(new Set(marks.slice(0, 3).map(({ image }) => image)).size).toBe(3);
  });

  it.each([undefined, null, {}, "text", 5])("takes an input that is none for an empty one: %j", async (input) => {
    const mark = await toMark(input);
    expect(Object.keys(mark).filter((key) => Number.isNaN(Number(key)))).toEqual([]);
  });
});
