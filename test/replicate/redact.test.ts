import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact, toTexts } from "../../src/replicate/redact.ts";

describe("redact", () => {
  it("takes out what was sent, the longest first", () => {
    expect(redact("no: piano and piano stool", ["piano", "piano stool"])).toBe("no: [sent value] and [sent value]");
  });

  it("leaves short values, which stand in any text", () => {
    expect(redact("a jpg is no png", ["jpg", "png", "a", ""])).toBe("a jpg is no png");
  });

  it("bounds the length", () => {
    expect(redact("x".repeat(10_000), [])).toHaveLength(501);
  });

  it("takes out a single sentence of a prompt", () => {
    const texts = toTexts({ prompt: "Put a piano there. Nothing else!\nKeep the walls", image: "https://a.b/c.webp" });
    expect(redact('"Put a piano there" and "Nothing else" are bad; use webp', texts)).toBe(
      '"[sent value]" and "[sent value]" are bad; use webp',
    );
  });

  it("never leaves a text that was sent, nor a line of it", () => {
    const line = fc.string({ minLength: 12, maxLength: 60 }).map((text) => `§${text.replaceAll(/[[\]\r\n.!?\s]/g, "")}§`);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), fc.nat(), fc.boolean(), (lines, pick, asJson) => {
        const prompt = lines.join("\n");
        const quoted = lines[pick % lines.length] ?? "";
        const text = asJson ? JSON.stringify({ why: prompt }) : `Refused: ${quoted} and all of ${prompt}`;
        expect(redact(text, toTexts({ prompt, deep: [{ also: quoted }] }))).not.toContain(quoted);
      }),
    );
  });
});

describe("toTexts", () => {
  it("finds texts at any depth, and nothing else", () => {
    expect(new Set(toTexts({ prompt: "sofa", list: ["rug", { lamp: "lamp" }], seed: 5, on: true, none: null }))).toEqual(
      new Set(["sofa", "rug", "lamp"]),
    );
    expect(toTexts(undefined)).toEqual([]);
  });
});
