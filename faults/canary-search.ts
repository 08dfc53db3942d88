import { Console } from "node:console";
import { Writable } from "node:stream";
import { inspect } from "node:util";
import { canaryToken, canaryWords } from "./canary.ts";

/** Looks for the API token and the prompts in everything that comes out. */
export interface CanarySearch {
  seeText(where: string, text: string | undefined): void;
  /** In every way in which an error gets into a log. */
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
    if (text.includes(canaryToken)) hits.push(`the token in ${where}`);
    if (text.includes(canaryWords)) hits.push(`a prompt in ${where}`);
  };
  let printed = "";
  const stream = new Writable({
    write(chunk, _, done) {
      printed += String(chunk);
      done();
    },
  });
  const console = new Console(stream);
  return {
    seeText: see,
    seeError(error) {
      const name = error instanceof Error ? `${error.name} ` : "";
      see(`${name}inspected`, inspect(error, { depth: 8, showHidden: true }));
      see(`${name}as JSON`, JSON.stringify(error));
      see(`${name}as text`, String(error));
      see(`${name}'s stack`, error instanceof Error ? error.stack : undefined);
      printed = "";
      console.error(error);
      see(`${name}on the console`, printed);
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
