import type { PromptParts } from "./check-prompt-options.ts";
import { type Mode, modes } from "./modes.ts";
import { holdsPiece, isSamePiece } from "./piece-words.ts";
import { preserve } from "./preserve.ts";
import { rooms } from "./rooms.ts";
import { styles } from "./styles.ts";

/**
 * The prompt, one instruction a line. The order matters to models that read only part of a long prompt:
 * what to do and what to preserve come first, the caller's lists and notes last.
 *
 * Any change of a text here is a change of `promptVersion`.
 */
export function composePrompt(parts: PromptParts): string {
  const { prompt, keep, notes } = parts;
  const lines =
    prompt === undefined
      ? [toTask(parts), preserve, toFixed(parts), ...toFurniture(parts), realism[modes[parts.mode].furnishes ? "furnishes" : "removes"]]
      : [toSentence(prompt), preserve, toFixed(parts)];
  if (keep.length > 0) lines.push(`Also leave these exactly as they are, where they are: ${toItems(keep)}.`);
  if (notes !== undefined) lines.push(toSentence(notes));
  return lines.filter((line) => line !== "").join("\n");
}

const removed = "Continue the surfaces behind removed things seamlessly.";

function toTask({ mode, room, style }: PromptParts): string {
  const place = room === undefined ? "room" : rooms[room].noun;
  const look = style === undefined ? undefined : `in ${styles[style].name} style: ${styles[style].look}`;
  const hasFixed = room !== undefined && rooms[room].fixed.length > 0;
  const scope = "The style applies to these pieces only, never to the building.";
  const tasks: Record<Mode, string> = {
    stage: hasFixed
      ? `Furnish this ${place} with movable furniture and decor only, ${look}. ${scope}`
      : `Furnish this empty ${place} with furniture and decor ${look}. ${scope}`,
    complete: `Complete the furnishing of this ${place}. Keep every piece that is there unchanged and in its place. Add what is missing, ${look ?? "matching what is there"}.${look === undefined ? "" : ` ${scope}`}`,
    restyle: `Replace the movable furniture and decor in this ${place} with new pieces ${look}. Put each new piece where the old one stood. ${scope}`,
    declutter: `Tidy this ${place}. Remove loose clutter, such as papers, boxes, cables, laundry and toys. Keep all furniture, rugs, lamps, plants and wall art unchanged and in place. ${removed}`,
    empty: `Empty this ${place}. Remove all movable furniture, rugs, lamps, plants, wall art and decor. Leave everything that is built in. ${removed}`,
  };
  return tasks[mode];
}

function toFixed({ room }: PromptParts): string {
  const info = room === undefined ? undefined : rooms[room];
  if (info === undefined || info.fixed.length === 0) return "";
  return `Leave the ${info.fixed.slice(0, -1).join(", ")} and ${info.fixed.at(-1)} of this ${info.noun} exactly as they are.`;
}

function toFurniture({ mode, room, add, avoid }: PromptParts): readonly string[] {
  if (!modes[mode].furnishes || room === undefined) return [];
  // The prompt must not ask for what the caller does not want.
  const usual = rooms[room].furniture.filter((piece) => !avoid.some((unwanted) => holdsPiece(piece, unwanted))).join(", ");
  const suggestions: Partial<Record<Mode, string>> = {
    stage: `Choose pieces that fit the space, such as ${usual}.`,
    complete: `Add only what is missing and fits the space. Usual pieces: ${usual}.`,
  };
  return [
    usual === "" ? "" : (suggestions[mode] ?? ""),
    add.length === 0 ? "" : `Be sure to include: ${toItems(add)}.`,
    avoid.length === 0 ? "" : `Leave out: ${toItems(avoid)}.`,
    "Arrange everything naturally on the free floor and surfaces. Keep windows, doors and walkways clear.",
  ];
}

const realism = {
  furnishes:
    "The result is a photorealistic real-estate photo. Every piece has true-to-life scale, follows the perspective of the photo and rests on its surface with soft contact shadows, in the light of the photo. No people, animals, text, logos or watermarks.",
  removes:
    "The result is a photorealistic real-estate photo with natural shadows. Add no objects, people, animals, text, logos or watermarks.",
};

function toItems(items: readonly string[]): string {
  const first = items.filter((item, index) => items.findIndex((other) => isSamePiece(other, item)) === index);
  return first.map((item) => item.replace(/[\s.,;:]+$/u, "")).join("; ");
}

function toSentence(text: string): string {
  return /[\p{L}\p{M}\p{N})\]'"]$/u.test(text) ? `${text}.` : text;
}
