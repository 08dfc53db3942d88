import { describe, expect, it } from "vitest";
import { modes } from "../../src/prompt/modes.ts";
import { preserve } from "../../src/prompt/preserve.ts";
import { promptVersion } from "../../src/prompt/prompt-version.ts";
import { type Room, rooms } from "../../src/prompt/rooms.ts";
import { stagingPrompt } from "../../src/prompt/staging-prompt.ts";
import { styles } from "../../src/prompt/styles.ts";
import { allPrompts } from "./all-prompts.ts";

const roomKeys = Object.keys(rooms) as Room[];

describe("every prompt", () => {
  const prompts = allPrompts();

  it("covers every room, style and mode", () => {
    expect(new Set(prompts.map(({ room }) => room).filter(Boolean)).size).toBe(roomKeys.length);
    expect(new Set(prompts.map(({ style }) => style).filter(Boolean)).size).toBe(Object.keys(styles).length);
    expect(new Set(prompts.map(({ mode }) => mode))).toEqual(new Set([...Object.keys(modes), "custom"]));
  });

  it("protects each element, the camera and the light", () => {
    for (const { text } of prompts) {
      expect(text).toContain(preserve);
      for (const word of ["walls", "floor", "ceiling", "windows", "doors", "fixtures", "view", "camera angle", "perspective", "light"]) {
        expect(text).toContain(word);
      }
    }
  });

  it("names its subject or task before what is preserved, and that before all else", () => {
    for (const { text } of prompts) expect(text.split("\n").indexOf(preserve)).toBe(1);
  });

  it("is clean: whole sentences, no gaps, no leftovers", () => {
    for (const { text } of prompts) {
      expect(text).not.toMatch(/undefined|null|\[object| {2}|\.\.|,,| \.| ,|\n\n|^\s|\s$/);
      for (const line of text.split("\n")) expect(line).toMatch(/^[A-Z].*[.!?]$/);
    }
  });

  it("stays short enough to be read whole", () => {
    for (const { text } of prompts) expect(text.length).toBeLessThan(1_900);
  });

  it("is plain, frozen and versioned", () => {
    for (const prompt of prompts) {
      expect(Object.isFrozen(prompt)).toBe(true);
      expect(JSON.parse(JSON.stringify(prompt))).toEqual(prompt);
      expect(prompt.version).toBe(promptVersion);
    }
  });

  it("keeps what is built in", () => {
    for (const mode of ["stage", "complete", "restyle", "empty", "declutter"] as const) {
      for (const part of ["cabinets", "counters", "sink", "appliances"])
        expect(stagingPrompt({ room: "kitchen", mode }).text).toContain(part);
      for (const part of ["bathtub", "toilet", "sink", "vanity"]) expect(stagingPrompt({ room: "bathroom", mode }).text).toContain(part);
    }
    expect(stagingPrompt({ room: "kitchen" }).text).toContain("movable furniture and decor only");
    expect(stagingPrompt({ room: "kitchen", prompt: "Add flowers" }).text).toContain("Leave the cabinets");
  });
});

describe("defaults", () => {
  it("stages in modern style", () => {
    expect(stagingPrompt({ room: "bedroom" })).toMatchObject({ mode: "stage", style: "modern", room: "bedroom" });
    expect(stagingPrompt({ room: "bedroom", mode: "restyle" }).style).toBe("modern");
  });

  it("completes in the style that is there", () => {
    const prompt = stagingPrompt({ room: "bedroom", mode: "complete" });
    expect(prompt).not.toHaveProperty("style");
    expect(prompt.text).toContain("matching what is there");
    expect(stagingPrompt({ room: "bedroom", mode: "complete", style: "coastal" }).text).toContain("coastal style");
  });

  it("needs no room to remove", () => {
    expect(stagingPrompt({ mode: "empty" }).text).toContain("Empty this room.");
    expect(stagingPrompt({ mode: "declutter" })).not.toHaveProperty("room");
  });

  it("treats undefined, blank notes and empty lists as left out", () => {
    const bare = stagingPrompt({ mode: "empty" });
    const filled = {
      mode: "empty",
      room: undefined,
      style: undefined,
      keep: [],
      furniture: { add: [], avoid: undefined },
      notes: " ",
    } as const;
    expect(stagingPrompt(filled)).toEqual(bare);
  });
});

describe("the caller's words", () => {
  it("come in one line, without invisible characters, once each", () => {
    const { text } = stagingPrompt({
      room: "living_room",
      keep: [" the\n piano. ", "The Piano"],
      furniture: { add: ["a\u200B grey\t sofa"] },
      notes: "Cafe\u0301 mood\u202E",
    });
    expect(text).toContain("Leave these exactly as they are: the piano.\n");
    expect(text).toContain("Be sure to include: a grey sofa.");
    expect(text.endsWith("\nCaf\u00e9 mood.")).toBe(true);
  });

  it("replace the composed ones, not what is preserved", () => {
    const prompt = stagingPrompt({ prompt: "  Put a table\nin the middle ", keep: ["the rug"] });
    expect(prompt.text).toBe(`Put a table in the middle.\n${preserve}\nLeave these exactly as they are: the rug.`);
    expect(prompt).toEqual({ text: prompt.text, version: promptVersion, mode: "custom" });
  });

  it("are not contradicted by the usual pieces", () => {
    const { text } = stagingPrompt({ room: "bedroom", furniture: { avoid: ["Rugs", "bed"] } });
    expect(text).not.toContain("an area rug");
    expect(text).not.toContain("a bed with headboard");
    expect(text).toContain("bedside tables");
    expect(text).toContain("Leave out: Rugs; bed.");
  });

  it("may rule out every usual piece", () => {
    const { text } = stagingPrompt({ room: "hallway", furniture: { avoid: ["rug", "console table", "lamp", "wall art"] } });
    expect(text).not.toContain("such as");
  });
});
