/** A colour as `#rrggbb`. */
export type Colour = string;

/** The red, green and blue of a colour, each 0 to 255. */
function toChannels(colour: Colour): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** The colour of red, green and blue, each clamped to 0 to 255. */
export function toColour(channels: readonly number[]): Colour {
  const hex = channels.map((channel) =>
    Math.round(Math.min(255, Math.max(0, channel)))
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}

/** The colour `share` (0 to 1) of the way from one colour to another. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const end = toChannels(to);
  return toColour(toChannels(from).map((channel, index) => channel + ((end[index] ?? 0) - channel) * share));
}

/** The colour under more (above 1) or less (below 1) light. Shadows turn slightly cool, as indoors by daylight. */
export function shade(colour: Colour, light: number): Colour {
  if (light >= 1) return mix(colour, "#fffaf0", Math.min(1, (light - 1) * 1.4));
  const dark = toChannels(colour).map((channel) => channel * light);
  return mix(toColour(dark), "#20242c", (1 - light) * 0.18);
}
