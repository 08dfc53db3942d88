import { packText, unpackText } from "./pack-text.ts";

/** A run as JSON, taken apart: in its shape, a line break stands for each of its values. */
interface Parts {
  readonly shape: string;
  readonly values: readonly string[];
}

/** What runs have in common, and how many they are. */
interface Pattern extends Parts {
  runs: number;
}

// Enough for the models, endings and warnings of any service; a pattern takes some 8 KB. A run that finds none stays as it is.
const mostPatterns = 200;
const mostPatternsOfShape = 4;
// A run that has more of its own than this becomes a pattern itself: others may be like it.
const unlikeLength = 1_000;

/** Makes the JSON of runs short. */
export interface RunPacker {
  /** The run, as text of one byte a character. */
  pack(json: string): string;
  /** JSON of the run that was packed. */
  unpack(packed: string): string;
  /** Lets go of a run that was packed and is needed no longer, and of the pattern that no other has. */
  release(packed: string): void;
  /** Tells quickly whether a value of a run may be this text: a no is always right. */
  lookFor(text: string): (packed: string) => boolean;
}

/** A packer that keeps of a run only what it does not have in common with an earlier run of the same shape, its pattern. */
export function createRunPacker(): RunPacker {
  // By number: 1, 2, 3 …
  const patterns = new Map<number, Pattern>();
  let lastNumber = 0;
  const numbersByShape = new Map<string, readonly number[]>();

  /** The shortest text by the patterns there are. */
  function packBy(numbers: readonly number[], values: readonly string[]): string | undefined {
    const texts = numbers.map((number) => [number, ...toOwn(values, patterns.get(number))].join("\n"));
    return texts.sort((a, b) => a.length - b.length)[0];
  }

  function findPattern(packed: string): readonly [number: number, pattern: Pattern | undefined] {
    const number = Number.parseInt(packed, 10);
    return [number, patterns.get(number)];
  }

  return {
    pack(json) {
      const text = toLatin1(json);
      const { shape, values } = toParts(text);
      const numbers = numbersByShape.get(shape) ?? [];
      let packed = packBy(numbers, values);
      const isLike = packed !== undefined && packed.length < unlikeLength;
      if (!isLike && patterns.size < mostPatterns && numbers.length < mostPatternsOfShape) {
        lastNumber += 1;
        patterns.set(lastNumber, { shape, values, runs: 0 });
        numbersByShape.set(shape, [...numbers, lastNumber]);
        packed = packBy([lastNumber], values);
      }
      if (packed === undefined) return packText(text);
      const [, pattern] = findPattern(packed);
      if (pattern !== undefined) pattern.runs += 1;
      return packText(packed);
    },
    release(packed) {
      const [number, pattern] = findPattern(packed);
      if (pattern === undefined) return;
      pattern.runs -= 1;
      if (pattern.runs > 0) return;
      patterns.delete(number);
      const left = numbersByShape.get(pattern.shape)?.filter((other) => other !== number) ?? [];
      if (left.length > 0) numbersByShape.set(pattern.shape, left);
      else numbersByShape.delete(pattern.shape);
    },
    unpack(packed) {
      const text = unpackText(packed);
      if (text.startsWith("{")) return text;
      const [number, ...own] = text.split("\n");
      const { shape, values } = patterns.get(Number(number)) as Parts;
      let index = -1;
      const fill = () => {
        index += 1;
        return own[index] || (values[index] as string);
      };
      return shape.replaceAll("\n", fill);
    },
    lookFor(text) {
      const value = toLatin1(JSON.stringify(text));
      const packedValue = packText(value);
      return (packed) => {
        const [, pattern] = findPattern(packed);
        return packed.includes(packedValue) || pattern === undefined || pattern.values.includes(value);
      };
    },
  };
}

/** Each value, or nothing where the pattern has the same. */
function toOwn(values: readonly string[], pattern: Parts | undefined): readonly string[] {
  return values.map((value, index) => (value === pattern?.values[index] ? "" : value));
}

function toParts(text: string): Parts {
  const values: string[] = [];
  const shape = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*":?|[\w.+-]+/g, (found) => {
    if (found.endsWith(":")) return found;
    values.push(found);
    return "\n";
  });
  return { shape, values };
}

// One character beyond Latin-1 would make every other take two bytes, too.
function toLatin1(json: string): string {
  return json.replace(/[^\0-\xff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
