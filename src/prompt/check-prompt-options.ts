import { z } from "zod";
import { once } from "../basics/once.ts";
import { InvalidPromptError } from "../errors/invalid-prompt-error.ts";
import type { Problem } from "../errors/problem.ts";
import { findUnknownFields, toProblems } from "../errors/to-problems.ts";
import { cleanText } from "./clean-text.ts";
import { type Mode, modes } from "./modes.ts";
import { isSamePiece } from "./piece-words.ts";
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

/**
 * The parts in options of unknown type.
 * @throws {InvalidPromptError} with every problem at once.
 */
export function checkPromptOptions(options: unknown): PromptParts {
  const shape = toShape();
  const names = Object.keys(shape);
  const isObject = typeof options === "object" && options !== null && !Array.isArray(options);
  const given = (isObject ? options : {}) as Readonly<Record<string, unknown>>;
  const said = Object.keys(given).filter((name) => given[name] !== undefined);
  const problems: Problem[] = [
    ...(isObject ? [] : [{ field: "options", message: "must be an object" }]),
    ...findUnknownFields(said, names),
  ];
  const report = (field: string, message: string) => problems.push({ field, message });
  const read = {
    room: readField(shape.room, "room"),
    style: readField(shape.style, "style"),
    mode: readField(shape.mode, "mode"),
    keep: readField(shape.keep, "keep") ?? [],
    furniture: readField(shape.furniture, "furniture"),
    notes: readField(shape.notes, "notes") || undefined,
    prompt: readField(shape.prompt, "prompt"),
  };
  const { room, style, keep, notes, prompt, mode = "stage" } = read;
  const { add = [], avoid = [] } = read.furniture ?? {};
  reportSame(add, "furniture.add");
  reportSame(keep, "keep");
  const furniture = add.length + avoid.length || undefined;
  if (given.prompt !== undefined) {
    if (prompt === "") report("prompt", "is blank; write what to do, or leave it out and give a room");
    refuse({ style, mode: read.mode, furniture, notes }, "cannot go with prompt; say it there, or leave prompt out");
  } else if (given.mode === undefined || read.mode !== undefined) {
    if (!modes[mode].furnishes) refuse({ style, furniture }, `has no effect in mode ${mode}, which adds nothing; leave it out`);
    else if (given.room === undefined) report("room", `is missing; mode ${mode} needs one of ${Object.keys(rooms).join(", ")}`);
  }
  if (problems.length > 0) throw new InvalidPromptError(problems);
  return { room, style: style ?? (prompt === undefined ? modes[mode].defaultStyle : undefined), mode, keep, add, avoid, notes, prompt };

  // Field by field, so that what goes together can be checked although another field is wrong.
  function readField<Value>(schema: z.ZodType<Value>, name: string): Value | undefined {
    const { data, error } = schema.safeParse(given[name]);
    if (error) problems.push(...toProblems(error.issues, [], [name]));
    return data;
  }

  function refuse(fields: Readonly<Record<string, unknown>>, reason: string): void {
    for (const [field, value] of Object.entries(fields)) if (value !== undefined) report(field, reason);
  }

  function reportSame(others: readonly string[], otherField: string): void {
    for (const [index, item] of avoid.entries()) {
      const other = others.findIndex((candidate) => isSamePiece(candidate, item));
      if (other >= 0) report(`furniture.avoid[${index}]`, `is the same piece as ${otherField}[${other}]; take it out of one of them`);
    }
  }
}

const toShape = once(() => {
  const items = z
    .array(toText(120).regex(/[\p{L}\p{N}\p{S}]/u, "is blank; name a thing or leave it out"))
    .max(30)
    .optional();
  return {
    room: z.enum(Object.keys(rooms) as Room[]).optional(),
    style: z.enum(Object.keys(styles) as Style[]).optional(),
    mode: z.enum(Object.keys(modes) as Mode[]).optional(),
    keep: items,
    furniture: z.strictObject({ add: items, avoid: items }).optional(),
    notes: toText(500).optional(),
    prompt: toText(2_000).optional(),
  };
});

function toText(maximumLength: number): z.ZodString {
  return z
    .string()
    .overwrite(cleanText)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: "holds control characters or broken characters; remove them", abort: true })
    .max(maximumLength);
}
