import fc from "fast-check";
import { expect, it } from "vitest";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { aRun, openBudgets, write } from "./open-budgets.ts";

const hour = 3_600_000;
const projects = ["p1", undefined] as const;

const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("reserve" as const),
      run: fc.nat(7),
      microUsd: fc.integer({ min: 1, max: 500 }),
      project: fc.nat(1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("settle" as const),
      run: fc.nat(7),
      cost: fc.constantFrom("release", "unknown", "half", "double"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("advance" as const), hours: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("raise" as const), limitMicroUsd: fc.integer({ min: 300, max: 3_000 }) }) },
);

interface Held {
  readonly day: number;
  readonly project: string | undefined;
  readonly reserved: number;
  settled?: number;
}

it("hold through any order of reserving, settling, releasing, retrying, changed limits and passing days, in two processes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(1), action), { maxLength: 50 }), async (actions) => {
      const alertIds: string[] = [];
      const onAlert = ({ id }: { readonly id: string }) => alertIds.push(id);
      const { budgets, store, configStore, clock } = openBudgets({ onAlert });
      const processes = [budgets, createBudgets({ store, configStore, clock, onAlert })] as const;
      const limits = { daily: 1_000, project: 1_500 };
      await budgets.set({ id: "daily", period: "day", limitMicroUsd: limits.daily }, write);
      await budgets.set({ id: "project", period: "total", projectId: "p1", limitMicroUsd: limits.project }, write);

      const held = new Map<string, Held>();
      const today = () => Math.floor(clock.now() / (24 * hour));
      const sum = (isOf: (one: Held) => boolean) => {
        const own = [...held.values()].filter(isOf);
        return {
          spentMicroUsd: own.reduce((total, { settled = 0 }) => total + settled, 0),
          reservedMicroUsd: own.reduce((total, { settled, reserved }) => total + (settled === undefined ? reserved : 0), 0),
        };
      };
      const isToday = ({ day }: Held) => day === today();
      const isOfProject = ({ project }: Held) => project === "p1";
      const toCommitted = (isOf: (one: Held) => boolean) => Object.values(sum(isOf)).reduce((total, amount) => total + amount, 0);

      for (const [index, step] of actions) {
        const own = processes[index] as (typeof processes)[number];
        if (step.type === "advance") await clock.advance(step.hours * hour);
        else if (step.type === "raise") {
          limits.daily = step.limitMicroUsd;
          await own.set({ id: "daily", period: "day", limitMicroUsd: limits.daily }, write);
        } else {
          const runId = `run ${step.run}`;
          const known = held.get(runId);
          if (step.type === "settle") {
            const cost = { release: 0, unknown: null, half: Math.floor((known?.reserved ?? 0) / 2), double: 2 * (known?.reserved ?? 0) }[
              step.cost
            ];
            await own.settle(runId, cost ?? null);
            if (known && known.settled === undefined) known.settled = cost ?? known.reserved;
          } else {
            const project = projects[step.project];
            const hasRoom =
              toCommitted(isToday) + step.microUsd <= limits.daily &&
              (project === undefined || toCommitted(isOfProject) + step.microUsd <= limits.project);
            const isOver = (known?.settled ?? 0) > 0;
            const isHeld = known !== undefined && known.settled === undefined;
            const call = own.reserve(aRun(runId, step.microUsd, project === undefined ? {} : { projectId: project }));
            if (isOver) await expect(call).rejects.toMatchObject({ code: "reservation_settled" });
            else if (!isHeld && !hasRoom) await expect(call).rejects.toMatchObject({ code: "budget_exceeded" });
            else await call;
            if (!isOver && !isHeld && hasRoom) held.set(runId, { day: today(), project, reserved: step.microUsd });
          }
        }
        const [daily, project] = await (processes[1 - index] as typeof budgets).status();
        expect(daily).toMatchObject(sum(isToday));
        expect(daily?.leftMicroUsd).toBe(Math.max(0, limits.daily - toCommitted(isToday)));
        expect(project).toMatchObject(sum(isOfProject));
      }
      await budgets.deliverAlerts();
      await processes[1].deliverAlerts();
      expect(new Set(alertIds).size).toBe(alertIds.length);
    }),
    { numRuns: 300 },
  );
});
