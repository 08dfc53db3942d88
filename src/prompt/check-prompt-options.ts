import { isObject } from "../basics/is-object.ts";
import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
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
  const given = isObject(options) ? options : {};
  const said = Object.keys(given).filter((name) => given[name] !== undefined);
  const problems: Problem[] = [...findUnknownFields(said, Object.keys(shape))];
  const report = (field: string, message: string) => problems.push({ field, message });
  if (given !== options) report("options", "must be an object");
  // Field by field, so that what goes together can be checked although another field is wrong.
  const entries = Object.entries<z.ZodType>(shape).map(([name, schema]) => {
    const { data, error } = schema.safeParse(given[name]);
    if (error) problems.push(...toProblems(error.issues, [], [name]));
    return [name, data];
  });
  const { room, style, keep = [], furniture, notes, prompt, ...read }: Partial<z.output<z.ZodObject<Shape>>> = Object.fromEntries(entries);
  const { mode = "stage" } = read;
  const { add = [], avoid = [] } = furniture ?? {};
  const pieces = [...add, ...avoid].length > 0 || undefined;
  reportSame(add, "furniture.add");
  reportSame(keep, "keep");
  if (given.prompt !== undefined) {
    refuse({ style, mode: read.mode, furniture: pieces, notes: notes || undefined }, "cannot go with prompt; say it there");
  } else if (given.mode === undefined || read.mode !== undefined) {
    if (!modes[mode].furnishes) refuse({ style, furniture: pieces }, `has no effect in mode ${mode}; leave it out`);
    else if (given.room === undefined) report("room", `is missing; mode ${mode} needs one of ${Object.keys(rooms).join(", ")}`);
  }
  if (problems.length > 0) throw new InvalidPromptError(problems);
  const defaultStyle = prompt === undefined ? modes[mode].defaultStyle : undefined;
  return { room, style: style ?? defaultStyle, mode, keep, add, avoid, notes: notes || undefined, prompt };

  function refuse(fields: Readonly<Record<string, unknown>>, reason: string): void {
    for (const [field, value] of Object.entries(fields)) if (value !== undefined) report(field, reason);
  }

  function reportSame(others: readonly string[], otherField: string): void {
    for (const [index, item] of avoid.entries()) {
      const other = others.findIndex((candidate) => isSamePiece(candidate, item));
      if (other >= 0) report(`furniture.avoid[${index}]`, `is the same piece as ${otherField}[${other}]; leave one of them out`);
    }
  }
}

type Shape = ReturnType<typeof toShape>;

const blank = "is blank; leave it out";

const toShape = once(() => {
  const items = z.array(toText(120).min(1, blank)).max(30).optional();
  return {
    room: z.enum(Object.keys(rooms) as Room[]).optional(),
    style: z.enum(Object.keys(styles) as Style[]).optional(),
    mode: z.enum(Object.keys(modes) as Mode[]).optional(),
    keep: items,
    furniture: z.strictObject({ add: items, avoid: items }).optional(),
    notes: toText(500).optional(),
    prompt: toText(2_000).min(1, blank).optional(),
  };
});

function toText(maximumLength: number): z.ZodString {
  return z
    .string()
    .overwrite(cleanText)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: "holds control or broken characters; remove them", abort: true })
    .max(maximumLength);
}
