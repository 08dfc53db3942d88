import type { Problem } from "../errors/problem.ts";
import { cleanText, isBrokenText, isWordless } from "./clean-text.ts";
import { isSamePiece } from "./piece-words.ts";
import { promptLimits } from "./prompt-limits.ts";

/** Reads values of unknown type and collects what is wrong with them. No problem holds a text of the caller. */
export class OptionReader {
  readonly problems: Problem[] = [];

  report(field: string, message: string): void {
    this.problems.push({ field, message });
  }

  /** The fields of an object. Anything that is not one is a problem and gives no fields. */
  object(value: unknown, field: string, known: readonly string[], prefix: string): Readonly<Record<string, unknown>> {
    if (value === undefined) return {};
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.report(field, `must be an object with any of ${known.join(", ")}`);
      return {};
    }
    const fields = value as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(fields)) {
      if (known.includes(name) || fields[name] === undefined) continue;
      // A key that does not look like one may be a text of the caller.
      this.report(/^\w{1,40}$/.test(name) ? prefix + name : field, `is not known; there are ${known.join(", ")}`);
    }
    return fields;
  }

  /** A key of the table. */
  choice<Key extends string>(value: unknown, field: string, table: Readonly<Record<Key, unknown>>): Key | undefined {
    if (value === undefined) return undefined;
    if (typeof value === "string" && Object.hasOwn(table, value)) return value as Key;
    const shown = typeof value === "string" && value.length <= 40 ? `${JSON.stringify(value)} is not one of` : "must be one of";
    this.report(field, `${shown} ${Object.keys(table).join(", ")}`);
    return undefined;
  }

  /** A text in one line, `""` when it says nothing. */
  text(value: unknown, field: string, maxLength: number): string | undefined {
    if (value === undefined) return undefined;
    if (typeof value !== "string") return void this.report(field, "must be a string");
    const text = cleanText(value);
    if (isBrokenText(text)) return void this.report(field, "holds control characters or broken characters; remove them");
    if (text.length > maxLength) return void this.report(field, `has ${text.length} characters; at most ${maxLength} are allowed`);
    return isWordless(text) ? "" : text;
  }

  /** A list of texts, each once. */
  items(value: unknown, field: string): readonly string[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.report(field, "must be a list of strings");
      return [];
    }
    if (value.length > promptLimits.items) {
      this.report(field, `has ${value.length} items; at most ${promptLimits.items} are allowed`);
      return [];
    }
    // A rejected item stays in place as "", so that the others keep their index.
    return Array.from(value as readonly unknown[], (item, index) => {
      const place = `${field}[${index}]`;
      if (item === undefined) this.report(place, "must be a string");
      const text = this.text(item, place, promptLimits.itemLength);
      if (text === "") this.report(place, "is blank; name a thing or leave it out");
      return text ?? "";
    });
  }

  /** Reports every item of `items` that names the same piece as one of `others`. */
  apart(items: readonly string[], field: string, others: readonly string[], otherField: string): void {
    for (const [index, item] of items.entries()) {
      const other = item === "" ? -1 : others.findIndex((candidate) => candidate !== "" && isSamePiece(candidate, item));
      if (other >= 0) this.report(`${field}[${index}]`, `is the same piece as ${otherField}[${other}]; take it out of one of them`);
    }
  }
}
