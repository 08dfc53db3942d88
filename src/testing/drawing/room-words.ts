const roomWords = {
  living: /\b(living|family room|lounge|media room|basement|sunroom|library|game room)/,
  bedroom: /\b(bedroom|nursery|guest room|kids'? room|studio apartment|attic)/,
  kitchen: /\bkitchen/,
  bathroom: /\b(bathroom|laundry)/,
  dining: /\b(dining (room|area)|breakfast nook)/,
  office: /\b(office|study)\b/,
  entryway: /\b(entryway|entrance|hallway|foyer|mudroom)/,
  outdoor: /\b(outdoor|patio|balcony|terrace|garden|deck\b|backyard)/,
} as const;

/** A kind of room that can be drawn. */
export type DrawnRoom = keyof typeof roomWords;

/** The room that the prompt names first; a living room where it names none. */
export function findRoom(prompt: string): DrawnRoom {
  const text = prompt.toLowerCase().replaceAll("_", " ");
  const found = (Object.keys(roomWords) as DrawnRoom[])
    .map((room) => ({ room, at: text.search(roomWords[room]) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  return found[0]?.room ?? "living";
}

const emptying =
  /\bde-?clutter|\bempty (out )?(the|this|my) |\b(remove|clear|take (away|out))\b[^.]{0,60}\b(furniture|furnishings|clutter|items|belongings|objects|everything)/;
const furnishing =
  /\bfurnish(?!ing|ed)|\b(re-?)?stage\b|\brestyle|\bredesign|\bredecorate|\breplace\b[^.]{0,40}\bfurniture|\badd\b[^.]{0,40}\bfurniture/;
const forbidding = /\b(do not|don't|never|without|no)\b[^.,;]*/g;

/** Whether the prompt asks to clear the room rather than to furnish it. */
export function asksToEmpty(prompt: string): boolean {
  const text = prompt.toLowerCase().replace(forbidding, "");
  return emptying.test(text) && !furnishing.test(text);
}
