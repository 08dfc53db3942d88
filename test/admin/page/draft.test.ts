import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyEdits,
  type Draft,
  emptyDraft,
  findDifferences,
  hasEdits,
  inheritField,
  rebase,
  setField,
} from "../../../src/admin/page/draft.ts";

const inherited = { quality: 80, seed: null, format: "webp" };
const stored = { quality: 60, seed: 7 };
const start = emptyDraft(stored, 3);

describe("a draft", () => {
  it("holds what was changed, and not what was changed back", () => {
    const changed = setField(start, "quality", 70, inherited);
    expect(applyEdits(stored, changed.edits)).toEqual({ quality: 70, seed: 7 });
    expect(hasEdits(setField(changed, "quality", 60, inherited))).toBe(false);
  });

  it("does not set a field to what it inherits anyway", () => {
    const changed = setField(start, "format", "png", inherited);
    expect(applyEdits(stored, changed.edits)).toEqual({ ...stored, format: "png" });
    expect(hasEdits(setField(changed, "format", "webp", inherited))).toBe(false);
  });

  it("keeps a value of its own that is the same as the inherited one", () => {
    expect(applyEdits(stored, setField(start, "quality", 80, inherited).edits)).toEqual({ quality: 80, seed: 7 });
  });

  it("takes a field's own value away", () => {
    const changed = inheritField(start, "quality");
    expect(applyEdits(stored, changed.edits)).toEqual({ seed: 7 });
    expect(findDifferences(stored, applyEdits(stored, changed.edits), inherited)).toEqual([
      { field: "quality", before: 60, after: 80, wasOwn: true, isOwn: false },
    ]);
    expect(hasEdits(inheritField(setField(start, "format", "png", inherited), "format"))).toBe(false);
  });

  it("tells null, which unsets a field, from none of its own", () => {
    const changed = setField(start, "seed", null, inherited);
    expect(applyEdits(stored, changed.edits)).toEqual({ quality: 60, seed: null });
  });

  it("puts its edits on a newer version, and no other field of the older one", () => {
    const mine = setField(start, "format", "png", inherited);
    const newer = { quality: 50 };
    const moved = rebase(mine, newer, 4, inherited);
    expect(moved).toMatchObject({ baseVersion: 4, baseValues: newer });
    expect(applyEdits(newer, moved.edits)).toEqual({ quality: 50, format: "png" });
    // Where the other person wanted the same there is nothing left to save.
    expect(hasEdits(rebase(mine, { format: "png" }, 4, inherited))).toBe(false);
  });

  it("never saves a field that nobody touched", () => {
    const field = fc.constantFrom("quality", "seed", "format", "extra");
    const edit = fc.oneof(
      fc.record({ field, value: fc.constantFrom<unknown>(null, 60, 80, "png", ["a"]) }),
      fc.record({ field, isInherited: fc.constant(true) }),
    );
    fc.assert(
      fc.property(fc.array(edit), (edits) => {
        const draft = edits.reduce<Draft>(
          (now, each) => ("value" in each ? setField(now, each.field, each.value, inherited) : inheritField(now, each.field)),
          start,
        );
        const own = applyEdits(stored, draft.edits);
        const touched = new Set(edits.map((each) => each.field));
        const differing = findDifferences(stored, own, inherited).map((each) => each.field);
        expect(differing.every((name) => touched.has(name as "quality"))).toBe(true);
        expect(new Set(differing)).toEqual(new Set(Object.keys(draft.edits)));
      }),
    );
  });
});
