import type { RunRecord } from "../../src/runs/run.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import type { ReplicateSimulator } from "../../src/testing/index.ts";
import type { Model } from "./interleave-model.ts";
import type { NewStep } from "./interleave-steps.ts";

/** How long a call may take, in milliseconds. */
export const requestTimeoutMs = 10_000;
// How long a create may be on its way.
const createMs = requestTimeoutMs - 1_000;

/** Holds an actor's call until it is let go. */
export type Hold = <Value>(
  step: Omit<NewStep, "actor">,
  work: () => Promise<Value>,
  toText: (value: Value) => Promise<string> | string,
) => Promise<Value>;

/** What is behind the calls. */
interface Inside {
  readonly runStore: RunStore;
  readonly simulator: ReplicateSimulator;
  readonly model: Model;
  /** The runs as they were last seen, by id. */
  readonly known: Map<string, RunRecord>;
}

/** A run store whose calls are an actor's steps, and whose writes the model is told. */
export function toHeldStore(actor: string, hold: Hold, { runStore, model, known }: Inside): RunStore {
  const runs = async () => (await runStore.list({ limit: 1_000 })).runs;
  let made = 0;
  const toText = (value: unknown) => JSON.stringify(value) ?? "nothing";
  const noting = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    const value = await work();
    for (const run of await runs()) {
      const before = known.get(run.id);
      known.set(run.id, run);
      if (run.version !== before?.version) model.written(actor, before, run);
    }
    return value;
  };
  return {
    ...runStore,
    // Names that do not depend on chance: the same state has the same text.
    create: (run) => {
      const id = `run_${actor}_${++made}`;
      return hold({ name: "write", isChange: true }, () => noting(() => runStore.create({ ...run, id })), toText);
    },
    get: (id) => hold({ name: "get" }, () => runStore.get(id), toText),
    update: (id, version, patch) => {
      const name = `update ${patch.state ?? Object.keys(patch).join(" ")}`;
      return hold({ name, isChange: true }, () => noting(() => runStore.update(id, version, patch)), toText);
    },
    claim: (options) => hold({ name: "claim", isChange: true }, () => noting(() => runStore.claim(options)), toText),
    list: (filter) => hold({ name: "list" }, () => runStore.list(filter), toText),
  };
}

/** A `fetch` whose calls are an actor's steps, and whose creates the model is told. */
export function toHeldFetch(actor: string, hold: Hold, { simulator, model }: Inside): typeof fetch {
  return async (input, init) => {
    const { method, url } = input instanceof Request ? input : { method: "GET", url: String(input) };
    const name = toName(method, new URL(url).pathname);
    const isCreate = name === "create";
    const runId = isCreate ? model.sent(actor) : "";
    const send = async () => {
      const before = simulator.predictions.length;
      const response = await simulator.fetch(input, init);
      for (const { id } of simulator.predictions.slice(before)) model.created(actor, runId, id);
      return response;
    };
    const isOver = name === "look" && simulator.predictions.some(({ id, completedAt }) => url.includes(id) && completedAt !== null);
    const isFree = isOver || name === "account" || name === "image";
    const untilMs = simulator.clock.now() + createMs;
    return hold({ name, isCreate, isChange: isCreate, isFree, ...(isCreate && { untilMs }) }, send, toAnswerText);
  };
}

function toName(method: string, path: string): string {
  if (path.endsWith("/predictions")) return method === "POST" ? "create" : "listing";
  if (path.includes("/predictions/")) return method === "POST" ? "cancel" : "look";
  return path.endsWith("/account") ? "account" : "image";
}

async function toAnswerText(response: Response): Promise<string> {
  return `${response.status} ${response.headers.get("date")} ${await response.clone().text()}`;
}
