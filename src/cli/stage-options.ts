import { modes } from "../prompt/modes.ts";
import { rooms } from "../prompt/rooms.ts";
import { styles } from "../prompt/styles.ts";
import type { OptionTable } from "./command.ts";
import { toTable } from "./table.ts";

/** The options of `restage stage`. */
export const stageOptions = {
  room: { type: "string", placeholder: "ROOM", description: "What kind of room it is (listed below)" },
  style: { type: "string", placeholder: "STYLE", description: "The style of the furniture (listed below); default modern" },
  mode: { type: "string", placeholder: "MODE", description: "What to do with the room (listed below); default stage" },
  model: { type: "string", placeholder: "MODEL", description: "Which model stages it, see `restage models`; default: the active one" },
  project: { type: "string", placeholder: "PROJECT", description: "Whose stored settings apply before the global ones" },
  prompt: { type: "string", placeholder: "TEXT", description: "Your own words instead of room, style and mode" },
  keep: { type: "string", placeholder: "THING", multiple: true, description: "Something to leave as it is" },
  add: { type: "string", placeholder: "PIECE", multiple: true, description: "A piece of furniture that must be there" },
  avoid: { type: "string", placeholder: "PIECE", multiple: true, description: "A piece of furniture that must not" },
  notes: { type: "string", placeholder: "TEXT", description: "Further wishes" },
  set: {
    type: "string",
    placeholder: "FIELD=VALUE",
    multiple: true,
    description: "A value of the model's config, see `restage models MODEL`",
  },
  out: { type: "string", placeholder: "PATH", description: "File or directory; default PHOTO-staged.EXT in the current directory" },
  force: { type: "boolean", description: "Overwrite an existing file" },
  "dry-run": { type: "boolean", description: "Show what would be sent, why and what it would cost; send nothing" },
  simulate: { type: "boolean", description: "Use the built-in simulator: no token, no cost, a drawn image" },
} as const satisfies OptionTable;

/** The part of the help that lists what can be chosen. */
export function toChoices(): string {
  const wrap = (keys: readonly string[]) =>
    keys
      .join(", ")
      .replace(/(.{1,96})(?: |$)/g, "  $1\n")
      .trimEnd();
  const modeRows = Object.entries(modes).map(([mode, { description }]) => [`  ${mode}`, description]);
  return [`Rooms\n${wrap(Object.keys(rooms))}`, `Styles\n${wrap(Object.keys(styles))}`, `Modes\n${toTable(modeRows)}`].join("\n\n");
}
