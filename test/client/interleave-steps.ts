/** What an actor is about to do: it is held until it is let go. */
export interface Step {
  readonly actor: string;
  readonly name: string;
  /** When it can be done, in milliseconds since 1970; absent: at any time. */
  readonly dueMs?: number;
  /** Until when it may take, in milliseconds since 1970; absent: it takes no time. */
  readonly untilMs?: number;
  /** Whether it asks for a prediction. */
  readonly isCreate: boolean;
  /** Whether it changes anything. */
  readonly isChange: boolean;
  /** Whether it makes no difference when it is done: it reads what nobody changes. */
  readonly isFree: boolean;
  /** Does it, and gives the result to the actor; a fault does it only where `lost` is the answer, and gives an error. */
  go(lost?: "request" | "answer"): Promise<void>;
  /** Does it; the actor learns of it by another step. */
  do(): Promise<void>;
  /** Does it for an actor who is gone. */
  land(): Promise<void>;
}

/** What a step is, and the work of it. */
export type NewStep = Pick<Step, "actor" | "name"> & Partial<Pick<Step, "dueMs" | "untilMs" | "isCreate" | "isChange" | "isFree">>;

/** The actors' next steps. An actor does one thing after the other, so that it has one next step, or is over. */
export interface Steps {
  /** Holds work until its step is let go. `toText` gives of a result what the actor can tell it by. */
  hold<Value>(step: NewStep, work: () => Promise<Value>, toText: (value: Value) => Promise<string> | string): Promise<Value>;
  /** Begins an actor's work; resolves when it is held for the first time. */
  begin(actor: string, work: () => Promise<unknown>): Promise<void>;
  /** The next steps of the living. */
  readonly held: readonly Step[];
  /** Ends an actor: what it does from now on is never done. Gives its last step. */
  kill(actor: string): Step | undefined;
  /** All that an actor has seen so far, in short. */
  seenBy(actor: string): string;
  /** Rejects whatever is held, now and from now on. */
  end(): void;
}

/** Nobody does anything yet. `shorten` makes a short text of a long one. */
export function createSteps(shorten: (text: string) => string): Steps {
  const held = new Map<string, Step>();
  const seen = new Map<string, string>();
  const dead = new Set<string>();
  const waiting = new Map<string, () => void>();
  const rejects = new Set<(error: Error) => void>();
  let isOver = false;

  const note = (actor: string, text: string) => seen.set(actor, shorten(`${seen.get(actor) ?? ""}\n${text}`));

  function rest(actor: string, step?: Step): void {
    if (step !== undefined) {
      if (held.has(actor)) throw new Error(`${actor} does two things at once: ${held.get(actor)?.name}, ${step.name}`);
      held.set(actor, step);
    }
    waiting.get(actor)?.();
  }

  function untilAtRest(actor: string, start: () => void): Promise<void> {
    return new Promise((resolve) => {
      waiting.set(actor, () => {
        waiting.delete(actor);
        resolve();
      });
      start();
    });
  }

  function hold<Value>(step: NewStep, work: () => Promise<Value>, toText: (value: Value) => Promise<string> | string): Promise<Value> {
    const { actor, name } = step;
    if (isOver) return Promise.reject(new Error("the history is over"));
    return new Promise<Value>((resolve, reject) => {
      rejects.add(reject);
      if (dead.has(actor)) return;
      const tell = (answer: Promise<Value>) => {
        held.delete(actor);
        rejects.delete(reject);
        return untilAtRest(actor, async () => {
          try {
            const value = await answer;
            note(actor, `${name}: ${await toText(value)}`);
            resolve(value);
          } catch (error) {
            note(actor, `${name}: ${error}`);
            reject(error);
          }
        });
      };
      const nothing = { actor, name, isCreate: false, isChange: false, isFree: false };
      rest(actor, {
        ...nothing,
        ...step,
        go: (lost) => tell(lost === undefined ? work() : lose(lost, work)),
        land: () => withoutError(work()),
        async do() {
          const answer = work();
          await withoutError(answer);
          note(actor, `${name} is done`);
          const [go, land] = [() => tell(answer), async () => undefined];
          held.set(actor, { ...nothing, name: `answer to ${name}`, go, land, do: land });
        },
      });
    });
  }

  return {
    hold,
    begin: (actor, work) =>
      untilAtRest(actor, () => {
        work().then(
          (result) => over(actor, `done ${JSON.stringify(result)}`),
          (error) => over(actor, `failed ${error}`),
        );
      }),
    get held() {
      return [...held.values()];
    },
    kill(actor) {
      const last = held.get(actor);
      dead.add(actor);
      held.delete(actor);
      note(actor, "dead");
      return last;
    },
    seenBy: (actor) => seen.get(actor) ?? "",
    end() {
      isOver = true;
      held.clear();
      for (const reject of rejects) reject(new Error("the history is over"));
    },
  };

  function over(actor: string, text: string): void {
    note(actor, text);
    rest(actor);
  }
}

async function lose(what: "request" | "answer", work: () => Promise<unknown>): Promise<never> {
  if (what === "answer") await work();
  throw new TypeError("fetch failed", { cause: Object.assign(new Error(`the ${what} got lost`), { code: "ECONNRESET" }) });
}

async function withoutError(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}
