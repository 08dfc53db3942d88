import type { FaultRule, Faults, FaultTarget } from "./fault.ts";
import type { Seeded } from "./seeded.ts";

/** Scripted faults; `take` gives the one that befalls a call. */
export function createFaults(seeded: Seeded): Faults & { take(target: FaultTarget | undefined): FaultRule | undefined } {
  let rules: { readonly rule: FaultRule; seen: number; left: number }[] = [];
  let draws = 0;
  let count = 0;
  return {
    add(rule) {
      const entry = { rule, seen: 0, left: rule.times ?? 1 };
      rules.push(entry);
      return () => {
        rules = rules.filter((other) => other !== entry);
      };
    },
    clear: () => {
      rules = [];
    },
    get count() {
      return count;
    },
    take(target) {
      const fitting = rules.filter(({ rule }) => rule.on === "any" || rule.on === target);
      for (const entry of fitting) entry.seen += 1;
      const hit = fitting.find(({ rule: { after = 0, chance = 1 }, seen, left }) => {
        return left > 0 && seen > after && (chance >= 1 || seeded.share(`fault ${++draws}`) < chance);
      });
      if (hit === undefined) return undefined;
      hit.left -= 1;
      count += 1;
      if (hit.left <= 0) rules = rules.filter((other) => other !== hit);
      return hit.rule;
    },
  };
}
