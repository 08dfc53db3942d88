/** Where the mark lies in an image, in pixels. */
export interface MarkBounds {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

// Letters as lines on a field 10 wide and 14 high: an image must not need a font, and a bare machine has none.
const letters: Record<string, string> = {
  S: "M9.2 2.6C8.4 1 6.9 .2 5 .2 2.6 .2 .9 1.6 .9 3.6 .9 5.8 2.7 6.4 5 7 7.4 7.6 9.3 8.3 9.3 10.5 9.3 12.5 7.5 13.8 5 13.8 2.8 13.8 1.2 12.9 .5 11.2",
  I: "M5 .2V13.8",
  M: "M.4 13.8V.2L5 8.6 9.6 .2V13.8",
  U: "M.8 .2V9C.8 12 2.4 13.8 5 13.8S9.2 12 9.2 9V.2",
  L: "M1.2 .2V13.8H9",
  A: "M.2 13.8L5 .2 9.8 13.8M1.9 9.2H8.1",
  T: "M.3 .2H9.7M5 .2V13.8",
  E: "M9.2 .2H1.2V13.8H9.2M1.2 6.8H8",
  D: "M1 .2H4.4C7.6 .2 9.6 2.8 9.6 7S7.6 13.8 4.4 13.8H1Z",
};

const word = "SIMULATED";
const padding = 9;
const advance = 14.5;
const stripe = 26;
const fieldWidth = stripe + padding + (word.length - 1) * advance + 10 + padding;
const fieldHeight = 14 + 2 * padding;

/**
 * Where the mark lies in an image of this size: in the lower right corner, 38 % of the shorter side wide (at least 150 px, never wider than the
 * image), so that it can be read in a thumbnail as well as in 4K.
 */
export function simulatedMarkBounds(width: number, height: number): MarkBounds {
  const gap = Math.round(Math.min(width, height) * 0.022);
  const wanted = Math.max(150, Math.min(width, height) * 0.38);
  const markWidth = Math.max(1, Math.round(Math.min(wanted, width - 2 * gap, ((height - 2 * gap) * fieldWidth) / fieldHeight)));
  const markHeight = Math.max(1, Math.round((markWidth * fieldHeight) / fieldWidth));
  return { left: width - gap - markWidth, top: height - gap - markHeight, width: markWidth, height: markHeight };
}

/** The mark SIMULATED as an SVG image of its bounds' size in an image of this size, white on dark beside a warning stripe. */
export function simulatedMark(width: number, height: number): string {
  const bounds = simulatedMarkBounds(width, height);
  const bars = [-1, 0, 1].map(
    (step) => `<path d="M${step * 15 - 6} ${fieldHeight}l${fieldHeight * 0.6} ${-fieldHeight}h7.5l${-fieldHeight * 0.6} ${fieldHeight}z"/>`,
  );
  const drawn = [...word].map(
    (letter, index) => `<path transform="translate(${stripe + padding + index * advance} ${padding})" d="${letters[letter]}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${bounds.width}" height="${bounds.height}" viewBox="0 0 ${fieldWidth} ${fieldHeight}" preserveAspectRatio="none">`,
    `<clipPath id="badge"><rect width="${fieldWidth}" height="${fieldHeight}" rx="6"/></clipPath><g clip-path="url(#badge)">`,
    `<rect width="${fieldWidth}" height="${fieldHeight}" fill="#15181c" fill-opacity="0.86"/>`,
    `<clipPath id="stripe"><rect width="${stripe - 4}" height="${fieldHeight}"/></clipPath>`,
    `<g clip-path="url(#stripe)"><rect width="${stripe}" height="${fieldHeight}" fill="#f2b632"/><g fill="#15181c">${bars.join("")}</g></g></g>`,
    `<g fill="none" stroke="#ffffff" stroke-width="2.3" stroke-linecap="round" stroke-linejoin="round">${drawn.join("")}</g></svg>`,
  ].join("");
}
