import type { ReplicateSimulatorOptions } from "../../src/testing/index.ts";
import { type Budget, isAffordable, plain, spend, subtract } from "./interleave-budget.ts";
import type { Choose } from "./interleave-explore.ts";
import type { Step } from "./interleave-steps.ts";
import { type Actor, createWorld, leaseMs, type World } from "./interleave-world.ts";

/** Who does what, and what may happen to them. */
export interface Scenario {
  readonly actors: Readonly<Record<string, (actor: Actor) => Promise<unknown>>>;
  readonly budget: Partial<Budget>;
  /** Actors who begin when a prediction has ended. */
  readonly hooks?: readonly string[];
  /** Whether a freeze befalls those who send a create at that moment (the named risk), or those who do not. Default `false`. */
  readonly freezesSenders?: boolean;
  /** Whether a create may be on its way for seconds, whatever the others do meanwhile. Default `false`: only by `waits`. */
  readonly slowCreates?: boolean;
  /** How long a prediction takes, in milliseconds. Default 0. */
  readonly durationMs?: number;
  readonly behaviour?: ReplicateSimulatorOptions["behaviour"];
}

/** How a history went. */
export interface History {
  readonly world: World;
  /** What each actor came to; those who died, or never began, are not in it. */
  readonly outcomes: ReadonlyMap<string, { readonly value?: unknown; readonly error?: unknown }>;
  readonly spent: Budget;
  /** How many actors there were. */
  readonly actors: number;
}

// A call of a dead process may arrive this much later, in milliseconds; and so short is a sleep that a call may outlast it.
const underWayMs = 500;
const shortMs = 500;
const freezeMs = leaseMs + 1_000;
const maximumSteps = 3_000;

interface Option {
  readonly label: string;
  readonly cost?: Partial<Budget>;
  act(): Promise<void>;
}

/** Plays one history; `check` looks at its end. What it throws tells every step. */
export async function playHistory(scenario: Scenario, choose: Choose, check: (history: History) => Promise<void>): Promise<void> {
  const { actors, hooks = [], freezesSenders = false, slowCreates = false, durationMs = 0, behaviour = {} } = scenario;
  const world = await createWorld({ durationMs, behaviour, mayPayTwice: freezesSenders });
  const { steps, simulator, model } = world;
  const { clock } = simulator;
  const outcomes = new Map<string, { readonly value?: unknown; readonly error?: unknown }>();
  const all: Budget = { ...plain, ...scenario.budget };
  let left = all;
  let current: string | undefined;
  const moved = new Set<string>();
  let underWay: readonly { readonly step: Step; readonly untilMs: number }[] = [];
  const trace: string[] = [];

  try {
    for (const [name, work] of Object.entries(actors)) await steps.begin(name, () => begin(name, work));
    for (;;) {
      const options = toOptions();
      const index = options.length > 1 ? await choose(options.length, toState) : 0;
      const option = options[index ?? options.length];
      if (option === undefined) {
        if (index === undefined) return;
        break;
      }
      trace.push(option.label);
      if (trace.length > maximumSteps) throw new Error("It does not end");
      left = spend(left, option.cost ?? {});
      await option.act();
      if (model.problems[0] !== undefined) throw new Error(model.problems[0]);
    }
    await check({ world, outcomes, spent: subtract(all, left), actors: Object.keys(actors).length });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n  ${trace.join("\n  ")}`, { cause: error });
  } finally {
    await world.close();
  }

  async function begin(name: string, work: (actor: Actor) => Promise<unknown>): Promise<unknown> {
    const actor = world.join(name);
    await steps.hold({ actor: name, name: "begin", isFree: true }, async () => undefined, String);
    try {
      const value = await work(actor);
      outcomes.set(name, { value });
      return value;
    } catch (error) {
      outcomes.set(name, { error });
      throw error;
    }
  }

  function toOptions(): readonly Option[] {
    const now = clock.now();
    const ready = steps.held.filter(({ dueMs = 0 }) => dueMs <= now).filter(mayMove);
    const free = ready.find(({ isFree }) => isFree);
    if (free !== undefined) return toWays(free, {});
    // The one who is at it comes first: that is the plain way to go on.
    const own = ready.filter(({ actor }) => actor === current);
    const others = ready.filter(({ actor }) => actor !== current);
    const options = [
      ...own.flatMap((step) => toWays(step, {})),
      ...others.flatMap((step) => toWays(step, own.length > 0 ? { switches: 1 } : {})),
      ...toCrashes(),
      ...underWay.map(toLanding),
      ...toPassing(ready),
      ...toFreezes(own, others),
    ];
    const affordable = options.filter(({ cost = {} }) => isAffordable(left, cost));
    // Whatever is still under way may never arrive.
    const mayEnd = ready.length === 0 && underWay.length > 0 && !steps.held.some(({ name }) => name === "sleep");
    return mayEnd ? [...affordable, { label: "nothing arrives", act: async () => drop(() => true) }] : affordable;
  }

  function mayMove({ actor, name, isFree }: Step): boolean {
    if (name === "begin") return mayBegin(actor);
    // Those who do the same and have not moved yet are each other's mirror images: the first of them goes first.
    const [first] = Object.keys(actors).filter((other) => actors[other] === actors[actor] && !moved.has(other));
    return isFree || moved.has(actor) || actor === first;
  }

  function mayBegin(actor: string): boolean {
    return !hooks.includes(actor) || simulator.predictions.some(({ completedAt }) => completedAt !== null);
  }

  function toWays(step: Step, cost: Partial<Budget>): readonly Option[] {
    const label = `${step.actor} ${step.name}`;
    const act = (lost?: "request" | "answer") => () => {
      if (!step.isFree) {
        current = step.actor;
        moved.add(step.actor);
      }
      if (lost === "request") model.lost(step.actor);
      return step.go(lost);
    };
    if (!step.isCreate) return [{ label, cost, act: act() }];
    return [
      { label, cost, act: act() },
      { label: `${label}: its answer gets lost`, cost: { ...cost, faults: 1 }, act: act("answer") },
      { label: `${label}: it gets lost`, cost: { ...cost, faults: 1 }, act: act("request") },
    ];
  }

  // Only the one who is at it: who was interrupted earlier could as well have died then.
  function toCrashes(): readonly Option[] {
    const step = steps.held.find(({ actor, name }) => actor === current && name !== "begin");
    if (step === undefined) return [];
    const crash = (isUnderWay: boolean) => async () => {
      steps.kill(step.actor);
      if (isUnderWay) underWay = [...underWay, { step, untilMs: clock.now() + underWayMs }];
    };
    const [label, cost] = [`${step.actor} dies before ${step.name}`, { crashes: 1 }];
    // What is under way may arrive, or never.
    return [{ label, cost, act: crash(step.isChange) }];
  }

  function toLanding(landing: { readonly step: Step }): Option {
    const { step } = landing;
    const act = async () => {
      underWay = underWay.filter((other) => other !== landing);
      await step.land();
    };
    return { label: `${step.name} of the late ${step.actor} arrives`, act };
  }

  function toPassing(ready: readonly Step[]): readonly Option[] {
    const now = clock.now();
    const waitMs = Math.min(...steps.held.map(({ dueMs = 0 }) => dueMs).filter((dueMs) => dueMs > now)) - now;
    if (waitMs === Number.POSITIVE_INFINITY) return [];
    const [label, act] = [`${waitMs} ms go by`, () => pass(waitMs)];
    const isAllowed = ({ untilMs = 0 }: Step) => slowCreates && now + waitMs <= untilMs;
    if (ready.every(isAllowed)) return [{ label, act }];
    return waitMs <= shortMs ? [{ label, cost: { waits: 1 }, act }] : [];
  }

  // All at once; the one who is at it before its next step, or while the answer to it is on the way.
  function toFreezes(own: readonly Step[], others: readonly Step[]): readonly Option[] {
    const isSending = [...own, ...others].some(({ isCreate }) => isCreate);
    const [label, cost] = ["all stand still", { freezes: 1 }];
    const before: Option = { label, cost, act: () => pass(freezeMs) };
    const options = own.length + others.length > 0 && isSending === freezesSenders ? [before] : [];
    const [step] = own;
    if (!step?.isChange || freezesSenders || others.some(({ isCreate }) => isCreate)) return options;
    const act = async () => {
      await step.do();
      await pass(freezeMs);
    };
    return [...options, { label: `${label} before the answer to ${step.actor} ${step.name}`, cost, act }];
  }

  async function pass(milliseconds: number): Promise<void> {
    await clock.advance(milliseconds);
    // Whoever wakes first goes on.
    current = undefined;
    drop(({ untilMs }) => untilMs < clock.now());
  }

  function drop(isGone: (call: (typeof underWay)[number]) => boolean): void {
    for (const { step } of underWay.filter(isGone)) if (step.isCreate) model.lost(step.actor);
    underWay = underWay.filter((call) => !isGone(call));
  }

  async function toState(): Promise<string> {
    const held = steps.held.map(({ actor, name, dueMs }) => [actor, name, dueMs]).sort();
    const seen = Object.keys(actors).map((actor) => steps.seenBy(actor));
    const flying = underWay.map(({ step, untilMs }) => [step.actor, step.name, untilMs]);
    const turn = Number.isFinite(left.switches) ? current : null;
    return JSON.stringify([await world.toText(), held, seen, flying, left, turn]);
  }
}
