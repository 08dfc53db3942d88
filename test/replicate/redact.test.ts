import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact, toTexts } from "../../src/replicate/redact.ts";

describe("redact", () => {
  it("takes out what was sent, the longest first", () => {
    expect(redact("no: piano and piano stool", ["piano", "piano stool"])).toBe("no: [sent value] and [sent value]");
  });

  it("takes out what holds another value that was sent", () => {
    expect(redact("no: a grey piano stool, grey", ["grey", "a grey piano stool"])).toBe("no: [sent value], [sent value]");
  });

  it("leaves short values, which stand in any text", () => {
    expect(redact("a jpg is no png", ["jpg", "png", "a", ""])).toBe("a jpg is no png");
  });

  it.each([
    ["cut short", "Refused: place a long grey sofa…", "Refused: [sent value]…"],
    ["capitalised and spaced differently", "PLACE A LONG, GREY\nsofa: no", "[sent value]: no"],
    ["over the end of a sentence", "sofa near the window. Keep the: no", "[sent value]: no"],
    ["as JSON writes it", '{"why":"the window.\\nKeep the walls"}', '{"why":"[sent value]"}'],
    ["twice", "a long grey sofa, by a long grey sofa near", "[sent value], by [sent value]"],
    ["by three words only", "a long grey armchair", "a long grey armchair"],
  ])("takes out a partial quote %s", (_, text, clean) => {
    expect(redact(text, toTexts({ prompt: "Place a long grey sofa near the window.\nKeep the walls" }))).toBe(clean);
  });

  it("takes out a partial quote in a script without spaces", () => {
    expect(redact("refused: 灰色の長いソ", toTexts("窓の近くに灰色の長いソファを置く"))).toBe("refused: [sent value]");
  });

  it("never leaves four words in a row of what was sent, and nothing of what was not is lost", () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const words = fc.array(word, { minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(
        words,
        fc.nat(),
        fc.nat({ max: 12 }),
        fc.constantFrom(" ", ", ", "\n", " — "),
        fc.boolean(),
        (sent, at, more, gap, loud) => {
          const start = at % (sent.length - 3);
          const quote = sent.slice(start, start + 4 + more).join(gap);
          const text = `REFUSED_1: "${loud ? quote.toUpperCase() : quote}", REFUSED_2`;
          expect(redact(text, [sent.join(" ")])).toBe('REFUSED_1: "[sent value]", REFUSED_2');
        },
      ),
    );
  });

  it("changes no text that shares nothing with what was sent", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-M ]{0,80}$/), fc.stringMatching(/^[N-Z ]{4,80}$/), (text, secret) => {
        fc.pre(secret.trim() !== "");
        expect(redact(text, [secret])).toBe(text);
      }),
    );
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
