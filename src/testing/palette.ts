import { type Colour, mix, shade } from "./drawing/colour.ts";
import type { Random } from "./drawing/random.ts";

/** The colours of one furnished room. */
export interface Palette {
  readonly upholstery: Colour;
  readonly second: Colour;
  readonly accent: Colour;
  readonly linen: Colour;
  readonly wood: Colour;
  readonly metal: Colour;
  readonly rug: Colour;
  readonly rugDetail: Colour;
  readonly pot: Colour;
  readonly leaf: Colour;
  readonly stone: Colour;
  readonly shade: Colour;
}

type Colours = readonly [Colour, ...Colour[]];

interface StyleColours {
  /** Matched against the prompt in lower case. */
  readonly words: RegExp;
  readonly upholstery: Colours;
  readonly accent: Colours;
  readonly wood: Colours;
  readonly metal: Colours;
  readonly rug: Colours;
}

const modern: StyleColours = {
  words: /modern|contemporary/,
  upholstery: ["#8d9296", "#b9b2a8", "#5f6a75", "#c9c1b4", "#6e6a66"],
  accent: ["#c08552", "#4f6d7a", "#b5654a", "#7a8b6f", "#c9a24b"],
  wood: ["#8a6646", "#6f5138", "#b08a63"],
  metal: ["#2b2d30", "#3a3a3c"],
  rug: ["#d5cfc6", "#bfbdb9", "#e0dad0"],
};

/** Sorted so that the more telling word comes first: "mid-century modern" before "modern". */
const styles: readonly StyleColours[] = [
  {
    words: /scandi|nordic|hygge/,
    upholstery: ["#c7c8c4", "#dcd5c8", "#9fb0b5", "#b8bfae", "#d3bfb5"],
    accent: ["#d9a79a", "#7f9aa3", "#d8b25c", "#8fa58b", "#a9837a"],
    wood: ["#cba77c", "#d8b98f", "#bd976b"],
    metal: ["#3b3e40", "#e4e1da"],
    rug: ["#eae5da", "#dcdcd6", "#e7ddd0"],
  },
  {
    words: /japandi|minimal|\bzen\b/,
    upholstery: ["#cfc5b5", "#b7ada0", "#dbd4c7", "#a39b8d"],
    accent: ["#8c6f5a", "#6c6f63", "#b08968", "#4b4c4a"],
    wood: ["#a57f58", "#6b4e39", "#c2a077"],
    metal: ["#2f2f2e", "#4a4641"],
    rug: ["#d9d0c0", "#c9c1b2", "#e3ddd1"],
  },
  {
    words: /mid.century|\bretro\b/,
    upholstery: ["#c9963a", "#52705f", "#3d6b75", "#b5623c", "#8a8f5a"],
    accent: ["#d0703e", "#e0b64e", "#2f6f73", "#9c4a3c"],
    wood: ["#85542f", "#9a6336", "#744527"],
    metal: ["#b08d4c", "#2e2a27"],
    rug: ["#e3d5bc", "#cdbb9c", "#d9c3a5"],
  },
  {
    words: /industrial|\bloft\b/,
    upholstery: ["#8a5a3c", "#5a4a42", "#4c5257", "#734a33"],
    accent: ["#b5562f", "#c08a3e", "#5f7078", "#8b3f2f"],
    wood: ["#7b5a3d", "#5e4633", "#94704d"],
    metal: ["#26272a", "#3b3937"],
    rug: ["#8f8a83", "#77706a", "#a89c8e"],
  },
  {
    words: /bohemian|boho|eclectic|mediterranean/,
    upholstery: ["#c58a6a", "#d9c7a8", "#7d8f69", "#b36a5e", "#5d7f86"],
    accent: ["#c9532f", "#d9a441", "#3f7f7c", "#8c4a6b", "#54744d"],
    wood: ["#a8774a", "#8d5f39", "#bf925f"],
    metal: ["#a98546", "#3a322b"],
    rug: ["#d8b48c", "#c9937a", "#e2cda8"],
  },
  {
    words: /coastal|beach|tropical|nautical/,
    upholstery: ["#e2ded3", "#9db7c4", "#c9d3cf", "#7fa3b3"],
    accent: ["#3f7391", "#6aa5a9", "#d9b382", "#2f5f7a"],
    wood: ["#c9ad86", "#b59468", "#dcc6a3"],
    metal: ["#d9d4c8", "#8f8a7f"],
    rug: ["#dccfb4", "#d5d9d6", "#e6dec9"],
  },
  {
    words: /farmhouse|rustic|country|shabby/,
    upholstery: ["#d9cfbd", "#a9a58f", "#b59c80", "#c7c9bb"],
    accent: ["#7f8f72", "#a5533f", "#5f7486", "#c29a57"],
    wood: ["#9c7148", "#7d5838", "#b98e60"],
    metal: ["#2f2c29", "#4d463f"],
    rug: ["#cdbb98", "#ddd2bd", "#b9a68a"],
  },
  {
    words: /art deco|regency|luxur|glam/,
    upholstery: ["#1f5a4c", "#263f6a", "#d8cdbb", "#5b2f4d", "#4a4a50"],
    accent: ["#c9a24b", "#8c2f45", "#1f6f6a", "#e3d3ae"],
    wood: ["#3b2a20", "#4f3526", "#2b2422"],
    metal: ["#c2a04f", "#b8933f"],
    rug: ["#e3dccd", "#c5bfb6", "#d6c7a5"],
  },
  {
    words: /traditional|transitional|classic/,
    upholstery: ["#cdbfa5", "#344a66", "#8c4a47", "#a89f8f", "#6d7a86"],
    accent: ["#8c2f39", "#b59445", "#2f4a6d", "#6f7f5c"],
    wood: ["#5e3a24", "#7a4d2e", "#4b3022"],
    metal: ["#b3904a", "#6b5a3f"],
    rug: ["#b88a73", "#d9cbb0", "#8a6a5d"],
  },
  modern,
];

/** What the photo's light does to colours. */
export interface Ambience {
  /** How bright the lower half of the photo is, 0 to 1. */
  readonly brightness: number;
  /** Its average colour. */
  readonly tint: Colour;
}

/** Colours in the style that the prompt names (default modern), lit as the photo is. Neighbouring indexes get different upholstery. */
export function choosePalette(prompt: string, random: Random, index: number, ambience: Ambience): Palette {
  const text = prompt.toLowerCase();
  const style = styles.find(({ words }) => words.test(text)) ?? modern;
  const first = Math.floor(random.between(0, style.upholstery.length));
  const step = (colours: Colours, by: number) => colours[(first + index + by) % colours.length] ?? colours[0];
  const light = 0.74 + 0.34 * Math.min(1, Math.max(0, ambience.brightness * 1.25));
  const lit = (colour: Colour) => shade(mix(mix(colour, "#8a7f74", random.between(0, 0.14)), ambience.tint, 0.07), light);
  return {
    upholstery: lit(step(style.upholstery, 0)),
    second: lit(step(style.upholstery, 2)),
    accent: lit(step(style.accent, 0)),
    linen: lit(random.pick(["#efeae0", "#e8e6e1", "#f1e9dd"])),
    wood: lit(step(style.wood, 0)),
    metal: lit(random.pick(style.metal)),
    rug: lit(step(style.rug, 0)),
    rugDetail: lit(step(style.accent, 1)),
    pot: lit(random.pick(["#d7cdbf", "#b5694a", "#4a4a48", "#e6e1d8", "#8f8577"])),
    leaf: lit(random.pick(["#4f7a4a", "#5b7f52", "#3f6b4c", "#6b8a4f"])),
    stone: lit(random.pick(["#e9e6e1", "#d5d0c8", "#6a6866"])),
    shade: lit(random.pick(["#f3e7cf", "#efe3d0", "#e9dcc3"])),
  };
}
