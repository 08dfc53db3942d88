import { checkPromptOptions } from "./check-prompt-options.ts";
import { composePrompt } from "./compose-prompt.ts";
import type { Mode } from "./modes.ts";
import { promptVersion } from "./prompt-version.ts";
import type { Room } from "./rooms.ts";
import type { StagingPromptOptions } from "./staging-prompt-options.ts";
import type { Style } from "./styles.ts";

/** A prompt for an image-edit model, and what it was written from. Plain and frozen. */
export interface StagingPrompt {
  /** What the model is told, one instruction a line. */
  readonly text: string;
  /** The `promptVersion` that wrote it. */
  readonly version: string;
  /** `"custom"` where the prompt is the caller's own. */
  readonly mode: Mode | "custom";
  readonly room?: Room;
  /** Also set where it is the mode's default. */
  readonly style?: Style;
}

/**
 * The prompt for a staging. Every prompt, the caller's own words included, tells the model to leave walls, floor, ceiling, windows,
 * doors, fixtures and view alone and to keep camera and light.
 *
 * The caller's strings are put in one line, without invisible characters.
 *
 * @throws InvalidPromptError with every problem at once. No message holds the caller's texts.
 * @example
 * ```ts
 * import { stagingPrompt } from "restage";
 *
 * const staged = stagingPrompt({ room: "living_room", style: "scandinavian", furniture: { add: ["a piano"], avoid: ["television"] } });
 * const emptied = stagingPrompt({ mode: "empty", keep: ["the built-in bookshelf"] });
 * const own = stagingPrompt({ prompt: "Put a long oak table with eight chairs in the middle", room: "dining_room" });
 * console.log(staged.text, emptied.mode, own.version);
 * ```
 */
export function stagingPrompt(options: StagingPromptOptions): StagingPrompt {
  const parts = checkPromptOptions(options);
  return Object.freeze({
    text: composePrompt(parts),
    version: promptVersion,
    mode: parts.prompt === undefined ? parts.mode : "custom",
    ...(parts.room !== undefined && { room: parts.room }),
    ...(parts.style !== undefined && { style: parts.style }),
  });
}
