import { expectTypeOf, it } from "vitest";
import type { Mode } from "../../src/prompt/modes.ts";
import { type Room, rooms } from "../../src/prompt/rooms.ts";
import { type StagingPrompt, stagingPrompt } from "../../src/prompt/staging-prompt.ts";
import type { StagingPromptOptions } from "../../src/prompt/staging-prompt-options.ts";
import type { Style } from "../../src/prompt/styles.ts";

it("knows the keys", () => {
  expectTypeOf<"living_room" | "kids_room">().toExtend<Room>();
  expectTypeOf<"scandinavian" | "mid_century">().toExtend<Style>();
  expectTypeOf<Mode>().toEqualTypeOf<"stage" | "complete" | "restyle" | "declutter" | "empty">();
  expectTypeOf(rooms.kitchen.fixed).toEqualTypeOf<readonly string[]>();
  // @ts-expect-error not a room
  stagingPrompt({ room: "ballroom" });
  // @ts-expect-error not a style
  stagingPrompt({ room: "office", style: "brutalist" });
  // @ts-expect-error not a mode
  stagingPrompt({ room: "office", mode: "paint" });
  // @ts-expect-error not a field
  stagingPrompt({ room: "office", colour: "red" });
  // @ts-expect-error a list
  stagingPrompt({ room: "office", keep: "the desk" });
});

it("takes read-only lists and explicit undefined", () => {
  expectTypeOf({
    room: "office",
    style: undefined,
    keep: ["the desk"],
    furniture: { add: ["a lamp"], avoid: undefined },
  } as const).toExtend<StagingPromptOptions>();
});

it("gives a read-only result", () => {
  expectTypeOf(stagingPrompt).returns.toEqualTypeOf<StagingPrompt>();
  expectTypeOf<StagingPrompt>().toEqualTypeOf<Readonly<StagingPrompt>>();
  expectTypeOf<StagingPrompt["mode"]>().toEqualTypeOf<Mode | "custom">();
  // @ts-expect-error read-only
  rooms.kitchen.label = "Cuisine";
});
