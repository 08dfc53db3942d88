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
  const lines = [
    prompt === undefined ? toTask(parts) : toSentence(prompt),
    preserve,
    ...toFixed(parts),
    ...(prompt === undefined ? toRules(parts) : []),
    ...(keep.length > 0 ? [`Leave these exactly as they are: ${toItems(keep)}.`] : []),
    ...(notes === undefined ? [] : [toSentence(notes)]),
  ];
  return lines.join("\n");
}

function toTask({ mode, room, style }: PromptParts): string {
  const place = room === undefined ? "this room" : `this ${rooms[room].noun}`;
  const look =
    style === undefined
      ? "matching what is there"
      : `in ${styles[style].name} style: ${styles[style].look}. The style is for these pieces only`;
  const tasks: Record<Mode, string> = {
    stage: `Furnish ${place} with movable furniture and decor only, ${look}.`,
    complete: `Complete the furnishing of ${place}. Keep every piece in place and add what is missing, ${look}.`,
    restyle: `Replace the movable furniture and decor of ${place}, piece by piece, ${look}.`,
    declutter: `Tidy ${place}. Remove loose clutter, such as boxes, cables and toys. Keep all furniture and decor in place.`,
    empty: `Empty ${place}. Remove all movable furniture, rugs, lamps, plants, wall art and decor.`,
  };
  return tasks[mode];
}

function toFixed({ room }: PromptParts): readonly string[] {
  const fixed = room === undefined ? [] : rooms[room].fixed;
  return fixed.length === 0 ? [] : [`Leave the ${fixed.join(", ")} exactly as they are.`];
}

function toRules({ mode, room, add, avoid }: PromptParts): readonly string[] {
  const photo = "The result is a photorealistic photo without people, animals, text or logos.";
  if (!modes[mode].furnishes || room === undefined) return [`Continue the surfaces behind removed things. Add nothing. ${photo}`];
  // The prompt must not ask for what the caller does not want; what is replaced decides for itself.
  const usual = mode === "restyle" ? [] : rooms[room].furniture.filter((piece) => !avoid.some((unwanted) => holdsPiece(piece, unwanted)));
  return [
    ...(usual.length > 0 ? [`Choose what fits the space, such as ${usual.join(", ")}.`] : []),
    ...(add.length > 0 ? [`Be sure to include: ${toItems(add)}.`] : []),
    ...(avoid.length > 0 ? [`Leave out: ${toItems(avoid)}.`] : []),
    `Keep windows, doors and walkways clear. Every piece has true-to-life scale and follows perspective and light. ${photo}`,
  ];
}

function toItems(items: readonly string[]): string {
  const first = items.filter((item, index) => items.findIndex((other) => isSamePiece(other, item)) === index);
  return first.map((item) => item.replace(/[\s.,;:]+$/u, "")).join("; ");
}

function toSentence(text: string): string {
  return /[\p{L}\p{M}\p{N})\]'"]$/u.test(text) ? `${text}.` : text;
}
