import { type Mode, modes } from "../../src/prompt/modes.ts";
import { type Room, rooms } from "../../src/prompt/rooms.ts";
import { type StagingPrompt, stagingPrompt } from "../../src/prompt/staging-prompt.ts";
import type { StagingPromptOptions } from "../../src/prompt/staging-prompt-options.ts";
import { type Style, styles } from "../../src/prompt/styles.ts";

const lists = { keep: ["the piano", "the clock"], notes: "Warm and calm" };
const furniture = { add: ["a grey sofa", "a floor lamp"], avoid: ["television", "rug"] };

/** Every legal pairing of room, style and mode, alone and with everything else that can go with it, and the caller's own words. */
export function allPrompts(): readonly StagingPrompt[] {
  const ids: (Room | undefined)[] = [undefined, ...(Object.keys(rooms) as Room[])];
  const options = ids.flatMap((room): StagingPromptOptions[] => [
    ...(Object.keys(modes) as Mode[]).flatMap((mode): StagingPromptOptions[] => {
      if (!modes[mode].furnishes) {
        return [
          { room, mode },
          { room, mode, ...lists },
        ];
      }
      if (room === undefined) return [];
      const looks: (Style | undefined)[] = [undefined, ...(Object.keys(styles) as Style[])];
      return looks.flatMap((style) => [
        { room, mode, style },
        { room, mode, style, furniture, ...lists },
      ]);
    }),
    { room, prompt: "Put a table in the middle" },
    { room, prompt: "Put a table in the middle!", keep: lists.keep },
  ]);
  return options.map(stagingPrompt);
}
