import { describe, expect, it } from "vitest";
import { type List, shareListings } from "../../src/client/share-listings.ts";
import type { Window } from "../../src/replicate/list-predictions.ts";
import type { Prediction } from "../../src/replicate/prediction.ts";
import { rejection } from "./helpers.ts";

/** Listings that end when they are told to; each tells the number of its turn. */
function listByHand() {
  const windows: Window[] = [];
  const ends: ((error?: unknown) => void)[] = [];
  const list: List = (window) =>
    new Promise((resolve, reject) => {
      const turn = windows.push(window);
      ends.push((error) => (error ? reject(error) : resolve([{ id: `turn${turn}` } as Prediction])));
    });
  return { windows, ends, list: shareListings(list) };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));
const ids = async (listing: Promise<readonly Prediction[]>) => (await listing).map(({ id }) => id);

describe("shareListings", () => {
  it("lists once for all who ask before it begins, with a window that holds all of theirs", async () => {
    const { list, windows, ends } = listByHand();
    const asked = [list({ fromMs: 5, toMs: 9 }), list({ fromMs: 1, toMs: 3 }), list({ fromMs: 6, toMs: 20 })];
    await tick();
    expect(windows).toEqual([{ fromMs: 1, toMs: 20 }]);
    ends[0]?.();
    expect(await Promise.all(asked.map(ids))).toEqual([["turn1"], ["turn1"], ["turn1"]]);
  });

  it("gives nobody a listing that began before they asked", async () => {
    const { list, windows, ends } = listByHand();
    const first = list({ fromMs: 1, toMs: 2 });
    await tick();
    const second = list({ fromMs: 1, toMs: 2 });
    const third = list({ fromMs: 0, toMs: 2 });
    await tick();
    expect(windows).toHaveLength(1);
    ends[0]?.();
    expect(await ids(first)).toEqual(["turn1"]);
    await tick();
    expect(windows).toEqual([
      { fromMs: 1, toMs: 2 },
      { fromMs: 0, toMs: 2 },
    ]);
    ends[1]?.();
    expect([await ids(second), await ids(third)]).toEqual([["turn2"], ["turn2"]]);
  });

  it("tells a failure to those who asked for it, and to nobody else", async () => {
    const { list, ends } = listByHand();
    const first = rejection(list({ fromMs: 1, toMs: 2 }));
    await tick();
    const second = list({ fromMs: 1, toMs: 2 });
    const away = new Error("away");
    ends[0]?.(away);
    expect(await first).toBe(away);
    await tick();
    ends[1]?.();
    expect(await ids(second)).toEqual(["turn2"]);
    const third = list({ fromMs: 1, toMs: 2 });
    await tick();
    ends[2]?.();
    expect(await ids(third)).toEqual(["turn3"]);
  });
});
