import { describe, expect, it } from "vitest";
import { compareMarks } from "../../src/client/compare-marks.ts";

const sent = { prompt: "text:a", image: "address:a", seed: 5, go_fast: true, output_format: "webp" };
const { image, ...rest } = sent;

describe("compareMarks", () => {
  it.each([
    ["all of it", sent, false, "ours"],
    ["all of it, in another order and with Replicate's defaults", { extra: 1, ...rest, image, more: "x" }, false, "ours"],
    ["another address", { ...sent, image: "address:b" }, false, "unclear"],
    ["no address", rest, false, "unclear"],
    ["a file in place of the address", { ...sent, image: "file" }, false, "unclear"],
    ["the text alone", { prompt: "text:a" }, false, "unclear"],
    ["the seed alone, which somebody else may have chosen, too", { seed: 5 }, false, "unclear"],
    ["no text", { seed: 5, go_fast: true, output_format: "webp", image }, false, "unclear"],
    ["nothing", {}, false, "unclear"],
    ["nothing that was sent", { extra: 1 }, false, "unclear"],
    ["another text", { ...sent, prompt: "text:b" }, false, "other"],
    ["another seed", { ...sent, seed: 6 }, false, "other"],
    ["another switch", { ...sent, go_fast: false }, false, "other"],
    ["another word", { ...sent, output_format: "png" }, false, "other"],
    ["a number as a text", { ...sent, seed: "5" }, false, "other"],
    ["the drawn seed alone, which nobody else has", { seed: 5 }, true, "ours"],
    ["the drawn seed and another address", { ...sent, image: "address:b" }, true, "ours"],
    ["the drawn seed and another text", { ...sent, prompt: "text:b" }, true, "unclear"],
    ["another seed than the drawn one", { ...sent, seed: 6 }, true, "other"],
    ["no seed where one was drawn", { prompt: "text:a", image }, true, "unclear"],
    ["nothing where a seed was drawn", {}, true, "unclear"],
    ["what every object has", Object.create({ prompt: "text:b" }), false, "unclear"],
  ] as const)("listed: %s", (_, listed, hasDrawnSeed, likeness) => {
    expect(compareMarks(sent, listed, hasDrawnSeed)).toBe(likeness);
  });

  it("never recognises anything by nothing", () => {
    expect(compareMarks({ seed: 5 }, {}, true)).toBe("unclear");
    expect(compareMarks({ image: "address:a" }, { image: "address:b" }, false)).toBe("unclear");
  });
});
