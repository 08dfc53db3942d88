import { describe, expect, it } from "vitest";
import { modes } from "../../src/prompt/modes.ts";
import { rooms } from "../../src/prompt/rooms.ts";
import { styles } from "../../src/prompt/styles.ts";

describe.each(Object.entries({ rooms, styles, modes }))("%s", (_, table) => {
  it("has snake_case keys and a label of its own for each", () => {
    for (const key of Object.keys(table)) expect(key).toMatch(/^[a-z]+(_[a-z]+)*$/);
    const labels = Object.values(table).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it("is frozen down to its lists", () => {
    expect(Object.isFrozen(table)).toBe(true);
    for (const row of Object.values(table)) {
      expect(Object.isFrozen(row)).toBe(true);
      for (const value of Object.values(row)) expect(Object.isFrozen(value)).toBe(true);
    }
  });
});

it("names at least two usual pieces for every room, none of which covers an opening", () => {
  for (const { furniture } of Object.values(rooms)) {
    expect(furniture.length).toBeGreaterThan(1);
    expect(furniture.join(" ")).not.toMatch(/curtain|drape|blind|shutter|screen/i);
  }
});
