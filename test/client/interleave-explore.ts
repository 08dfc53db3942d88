import { toRandom } from "../../faults/random.ts";

/** Picks one of so many ways to go on; `undefined` where everything that can follow from this state was tried before. */
export type Choose = (count: number, toState: () => Promise<string>) => Promise<number | undefined>;

/** Plays one history from its beginning to its end, or until nothing new can follow. */
export type Play = (choose: Choose) => Promise<void>;

/** How much was tried. */
export interface Explored {
  readonly histories: number;
  /** States with more than one way to go on. */
  readonly states: number;
}

/**
 * Plays every history that there is, depth first, each anew from the beginning. One that comes to a state that was seen before ends there:
 * whatever can follow was, or will be, played from the first one that came there. Nothing is left out by that, as long as a state tells
 * everything on which the rest of a history depends.
 */
export async function exploreAll(play: Play): Promise<Explored> {
  const seen = new Set<string>();
  let path: { readonly taken: number; readonly count: number }[] = [];
  for (let histories = 1; ; histories += 1) {
    const before = path;
    path = [];
    await play(async (count, toState) => {
      const planned = before[path.length];
      if (planned === undefined) {
        const state = await toState();
        if (seen.has(state)) return undefined;
        seen.add(state);
      } else if (planned.count !== count) throw new Error("The same history went another way: something is left to chance");
      const { taken } = planned ?? { taken: 0 };
      path.push({ taken, count });
      return taken;
    });
    while (path.length > 0 && isLast(path.at(-1))) path.pop();
    const last = path.pop();
    if (last === undefined) return { histories, states: seen.size };
    path.push({ ...last, taken: last.taken + 1 });
  }
}

function isLast(choice: { readonly taken: number; readonly count: number } | undefined): boolean {
  return choice !== undefined && choice.taken === choice.count - 1;
}

/** Plays one history that a seed decides. */
export function playRandomly(play: Play, seed: number): Promise<void> {
  const random = toRandom(seed);
  return play(async (count) => Math.floor(random() * count));
}
