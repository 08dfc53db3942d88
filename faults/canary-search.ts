import { Console } from "node:console";
import { Writable } from "node:stream";
import { inspect } from "node:util";
import { canaryPieces } from "./canary.ts";

/** Looks for the API token and the prompts in everything that comes out. */
export interface CanarySearch {
  seeText(where: string, text: string | undefined): void;
  /** In every way in which a value gets into a log. */
  seeValue(where: string, value: unknown): void;
  seeError(error: unknown): void;
  /** Adds what another search found. */
  add(result: CanaryResult): void;
  readonly result: CanaryResult;
}

/** How many texts were searched, and where a canary was. */
export interface CanaryResult {
  readonly texts: number;
  readonly hits: readonly string[];
}

/** Starts a search. */
export function createCanarySearch(): CanarySearch {
  let texts = 0;
  const hits: string[] = [];
  const see = (where: string, text: string | undefined): void => {
    if (text === undefined) return;
    texts += 1;
    for (const { of, pieces } of canaryPieces) if (pieces.some((piece) => text.includes(piece))) hits.push(`${of} in ${where}`);
  };
  let printed = "";
  const stream = new Writable({
    write(chunk, _, done) {
      printed += String(chunk);
      done();
    },
  });
  const console = new Console(stream);
  const seeValue = (where: string, value: unknown): void => {
    see(`${where}, inspected`, inspect(value, { depth: 8, showHidden: true }));
    see(`${where}, as JSON`, JSON.stringify(value));
    see(`${where}, as text`, String(value));
    printed = "";
    console.error(value);
    see(`${where}, on the console`, printed);
  };
  return {
    seeText: see,
    seeValue,
    seeError(error) {
      const name = error instanceof Error ? error.name : "an error";
      seeValue(name, error);
      if (!(error instanceof Error)) return;
      see(`${name}, its message`, error.message);
      see(`${name}, its stack`, error.stack);
    },
    add(other) {
      texts += other.texts;
      hits.push(...other.hits);
    },
    get result() {
      return { texts, hits };
    },
  };
}
