import { expect, it } from "vitest";
import { once } from "../../src/basics/once.ts";

it("makes its result at the first call only", () => {
  let calls = 0;
  const make = once(() => ({ call: ++calls }));
  expect(calls).toBe(0);
  expect(make()).toBe(make());
  expect(make()).toEqual({ call: 1 });
});

it("makes undefined once, too", () => {
  let calls = 0;
  const make = once(() => void calls++);
  make();
  make();
  expect(calls).toBe(1);
});

it("tries again after a throw", () => {
  let calls = 0;
  const make = once(() => {
    if (++calls === 1) throw new Error("not yet");
    return calls;
  });
  expect(make).toThrow("not yet");
  expect(make()).toBe(2);
  expect(make()).toBe(2);
});
