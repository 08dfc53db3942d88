import type { ClientEvent } from "../../src/client/client-event.ts";
import { createWebhookHandler } from "../../src/client/create-webhook-handler.ts";
import type { StagedRun } from "../../src/client/staged-run.ts";
import type { StagingClient } from "../../src/client/staging-client.ts";
import type { StagingClientOptions } from "../../src/client/staging-client-options.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import type { ReplicateSimulatorOptions } from "../../src/testing/index.ts";
import { type Stage, setTheStage } from "./helpers.ts";

/** What becomes of a webhook on its way; `deliver` gives the handler's answer. */
export type Way = (request: Request, deliver: (request: Request) => Promise<Response>) => Promise<Response>;

/** A stage whose simulator calls back. */
export interface CallbackStage extends Stage {
  /** The answers of the handler, in order, each with the statements that the run store was asked for before. */
  readonly answers: readonly { readonly status: number; readonly statements: readonly string[] }[];
  /** What was brought home by the handler. */
  readonly staged: readonly StagedRun[];
  readonly errors: readonly unknown[];
  readonly handler: (request: Request) => Promise<Response>;
  /** Resolves when nothing is left to do behind the answers. */
  collected(): Promise<void>;
  /** What a type of event was told how often. */
  count(type: ClientEvent["type"]): number;
}

const events = ["start", "output", "logs", "completed"] as const;

/** A client, and a handler of the webhooks of its simulator. */
export async function setTheCallback(
  options: StagingClientOptions = {},
  { webhooks, ...replicate }: ReplicateSimulatorOptions = {},
  way: Way = (request, deliver) => deliver(request),
): Promise<CallbackStage> {
  const asked: string[] = [];
  const runStore = options.runStore ?? memoryRunStore({ clock: () => stage.clock.now() });
  const work: Promise<unknown>[] = [];
  const staged: StagedRun[] = [];
  const errors: unknown[] = [];
  const answers: { status: number; statements: readonly string[] }[] = [];
  let receivers = 0;
  const post: typeof fetch = (input, init) => way(new Request(input, init), handler);
  const stage: Stage = await setTheStage(
    { webhook: { url: "https://example.com/hook", events }, ...options, runStore: watchCalls(runStore, asked) } as never,
    { ...replicate, webhooks: { fetch: post, ...webhooks } },
  );
  const { client, simulator, clock } = stage;
  const receive: StagingClient["receive"] = async (body) => {
    const isAlone = ++receivers === 1;
    const before = asked.length;
    try {
      const received = await client.receive(body);
      statements = isAlone && receivers === 1 ? asked.slice(before) : [];
      return received;
    } finally {
      receivers--;
    }
  };
  let statements: readonly string[] = [];
  const handle = createWebhookHandler({
    client: { receive },
    secrets: [simulator.webhookSecret],
    clock,
    waitUntil: (promise) => work.push(promise),
    onStaged: (run) => staged.push(run),
    onError: (error) => errors.push(error),
  });
  const handler = async (request: Request) => {
    statements = [];
    const response = await handle(request);
    answers.push({ status: response.status, statements });
    return response;
  };
  const collected = async () => {
    for (let done = 0; done < work.length; done++) await work[done];
  };
  const count = (type: ClientEvent["type"]) => stage.events.filter((event) => event.type === type).length;
  return { ...stage, answers, staged, errors, handler, collected, count };
}

function watchCalls(store: RunStore, asked: string[]): RunStore {
  return new Proxy(store, {
    get: (target, name) => {
      const call = Reflect.get(target, name);
      if (typeof call !== "function") return call;
      return (...parameters: unknown[]) => {
        asked.push(String(name));
        return call.apply(target, parameters);
      };
    },
  });
}
