/** The clock of a simulator. */
export interface SimulatorClock {
  /** In whole milliseconds since 1970. */
  now(): number;
  /** Moves time forward by this many milliseconds (not scaled), doing on the way what falls due: webhooks, ends of waits. */
  advance(ms: number): Promise<void>;
}

/** What the simulator itself needs of its clock. */
export interface TaskClock extends SimulatorClock {
  /** Does a task when its time has come; the result takes it back. */
  at(due: number, task: () => unknown): () => void;
  /** Drops all tasks. */
  stop(): void;
}

interface Task {
  readonly due: number;
  readonly run: () => unknown;
}

// setTimeout takes no more than 2^31 - 1.
const longestTimerMs = 2_000_000_000;

/** A clock that runs by itself, or that only `advance` moves. */
export function createSimulatorClock(mode: "running" | "manual", startAt: number): TaskClock {
  const realStart = Date.now();
  let leapt = 0;
  let latest = startAt;
  let tasks: Task[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let advancing: Promise<void> = Promise.resolve();

  const now = (): number => {
    const passed = mode === "running" ? Date.now() - realStart : 0;
    // The machine's clock may be set back; the order of predictions must not.
    latest = Math.max(latest, startAt + passed + leapt);
    return latest;
  };
  const leapTo = (time: number): void => {
    leapt += Math.max(0, Math.ceil(time) - now());
  };
  const takeDue = (time: number): Task | undefined => {
    const [first] = tasks;
    return first !== undefined && first.due <= time ? tasks.shift() : undefined;
  };
  const rearm = (): void => {
    clearTimeout(timer);
    const [first] = tasks;
    if (mode === "manual" || first === undefined || first.due === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(runDue, Math.min(Math.max(0, first.due - now()), longestTimerMs));
  };
  const runDue = (): void => {
    for (let task = takeDue(now()); task !== undefined; task = takeDue(now())) void task.run();
    rearm();
  };
  const advance = async (ms: number): Promise<void> => {
    const target = now() + ms;
    for (let task = takeDue(target); task !== undefined; task = takeDue(target)) {
      leapTo(task.due);
      await task.run();
    }
    leapTo(target);
    rearm();
  };
  return {
    now,
    advance: (ms) => {
      const advanced = advancing.then(() => advance(ms));
      advancing = advanced.catch(() => undefined);
      return advanced;
    },
    at(due, run) {
      const task = { due, run };
      const later = tasks.findIndex((other) => other.due > due);
      tasks.splice(later === -1 ? tasks.length : later, 0, task);
      if (tasks[0] === task) rearm();
      return () => {
        tasks = tasks.filter((other) => other !== task);
      };
    },
    stop() {
      clearTimeout(timer);
      tasks = [];
    },
  };
}
