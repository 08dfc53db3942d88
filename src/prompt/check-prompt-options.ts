import { InvalidPromptError } from "../errors/invalid-prompt-error.ts";
import { type Mode, modes } from "./modes.ts";
import { OptionReader } from "./option-reader.ts";
import { promptLimits } from "./prompt-limits.ts";
import { type Room, rooms } from "./rooms.ts";
import { type Style, styles } from "./styles.ts";

/** Checked parts of a prompt. Either `prompt` is set or `mode` decides. */
export interface PromptParts {
  readonly room: Room | undefined;
  readonly style: Style | undefined;
  readonly mode: Mode;
  readonly keep: readonly string[];
  readonly add: readonly string[];
  readonly avoid: readonly string[];
  readonly notes: string | undefined;
  readonly prompt: string | undefined;
}

const known = ["room", "style", "mode", "keep", "furniture", "notes", "prompt"];

/**
 * The parts in options of unknown type.
 *
 * @throws InvalidPromptError with every problem at once.
 */
export function checkPromptOptions(options: unknown): PromptParts {
  const reader = new OptionReader();
  if (options === undefined) reader.report("options", `must be an object with any of ${known.join(", ")}`);
  const given = reader.object(options, "options", known, "");
  const furniture = reader.object(given.furniture, "furniture", ["add", "avoid"], "furniture.");
  const read = {
    room: reader.choice(given.room, "room", rooms),
    style: reader.choice(given.style, "style", styles),
    mode: reader.choice(given.mode, "mode", modes),
    keep: reader.items(given.keep, "keep"),
    add: reader.items(furniture.add, "furniture.add"),
    avoid: reader.items(furniture.avoid, "furniture.avoid"),
    notes: reader.text(given.notes, "notes", promptLimits.notesLength) || undefined,
    prompt: reader.text(given.prompt, "prompt", promptLimits.promptLength),
  };
  reader.apart(read.avoid, "furniture.avoid", read.add, "furniture.add");
  reader.apart(read.avoid, "furniture.avoid", read.keep, "keep");

  const hasFurniture = read.add.length + read.avoid.length > 0;
  const mode = read.mode ?? "stage";
  if (given.prompt !== undefined) {
    if (read.prompt === "") reader.report("prompt", "is blank; write what to do, or leave it out and give a room");
    const refused = { style: read.style, mode: read.mode, furniture: hasFurniture || undefined, notes: read.notes };
    for (const [field, value] of Object.entries(refused)) {
      if (value !== undefined) reader.report(field, "cannot go with prompt; say it there, or leave prompt out");
    }
  } else if (given.mode !== undefined && read.mode === undefined) {
    // What an unknown mode needs is not known either.
  } else if (modes[mode].furnishes) {
    if (given.room === undefined) reader.report("room", `is missing; mode ${mode} needs one of ${Object.keys(rooms).join(", ")}`);
  } else {
    if (read.style !== undefined) reader.report("style", `has no effect in mode ${mode}, which adds nothing; leave it out`);
    if (hasFurniture) reader.report("furniture", `has no effect in mode ${mode}; leave it out, or name what stays in keep`);
  }
  if (reader.problems.length > 0) throw new InvalidPromptError(reader.problems);
  return { ...read, mode, style: read.style ?? (read.prompt === undefined ? modes[mode].defaultStyle : undefined) };
}
