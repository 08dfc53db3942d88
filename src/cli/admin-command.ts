import { StagingClient } from "../client/staging-client.ts";
import type { StagingClientOptions } from "../client/staging-client-options.ts";
import { loadSharp } from "../images/load-sharp.ts";
import type { BuiltInModel } from "../models/registry.ts";
import { createSettings } from "../settings/create-settings.ts";
import { postgresConfigStore } from "../stores/postgres/postgres-config-store.ts";
import { postgresRunStore } from "../stores/postgres/postgres-run-store.ts";
import { defineCommand } from "./command.ts";
import { toWriteOptions, writeOptions } from "./config/setting-options.ts";
import { type Beside, keepBeside } from "./keep-beside.ts";
import { listenForInterrupt } from "./listen-for-interrupt.ts";
import { simulatedGroup } from "./open-session.ts";
import { serveAdmin } from "./serve-admin.ts";
import type { Connection } from "./storage/connection.ts";
import { openBudgets } from "./storage/open-books.ts";
import { openConnection, readPlace } from "./storage/open-connection.ts";
import { UsageError } from "./usage-error.ts";

// The simulator's predictions are that many times faster than real ones.
const speed = 25;

/** `restage admin`: the admin page on the stored settings, for a look. */
export const adminCommand = defineCommand({
  name: "admin",
  summary: "Open the admin page on the stored settings, on this machine only",
  args: [],
  options: {
    port: { type: "string", placeholder: "PORT", description: "Where to listen; default: any free port" },
    author: writeOptions.author,
    simulate: { type: "boolean", description: "Try photos on the built-in simulator: no token, no cost, drawn images" },
  },
  details: () =>
    "Photos can be tried with --simulate, or for real where REPLICATE_API_TOKEN is set: the page tells the cost first. A service mounts the same page in its own server: docs/admin.md.",
  examples: [
    ["restage admin --simulate", "A look at everything, on .restage or DATABASE_URL"],
    ["restage admin --port 8080", "Always at the same address"],
  ],
  async run({ options, terminal }) {
    const port = readPort(options.port);
    const { author } = toWriteOptions(options.author === undefined ? {} : { author: options.author });
    if (options.simulate) await loadSharp("drawing simulated images");
    const connection = await openConnection("admin", terminal);
    const listener = listenForInterrupt(terminal);
    const closing: (() => Promise<unknown>)[] = [connection.close];
    try {
      const books = openAdminBooks(connection);
      // What never ran must not stand in the books of a service, and uses up no budget.
      const beside = options.simulate && readPlace().databaseUrl !== "" ? keepBeside(books.runs) : undefined;
      const runStore = beside?.simulated ?? books.runs;
      const budgets = options.simulate ? undefined : books.budgets;
      const choice = options.simulate ? await simulate(closing) : chooseReplicate();
      const client = choice && new StagingClient<BuiltInModel>({ ...choice, settings: books.settings, runStore, budgets });
      if (client) closing.push(() => client.close());
      const served = await serveAdmin({
        ...books,
        runs: beside?.shown ?? books.runs,
        client: client && options.simulate ? asSimulated(client) : client,
        author,
        port,
        onError: (error) => terminal.note(`error: ${error}`),
      });
      closing.push(served.close);
      terminal.print(options.json ? JSON.stringify({ address: served.address, keptIn: connection.place }, null, 2) : served.address);
      terminal.note(`Settings and runs: ${connection.place}. ${toTrialText(options.simulate, beside, client)} Ctrl-C ends it.`);
      await untilAborted(listener.signal);
      return 0;
    } finally {
      listener.stop();
      // The server first, what it stands on last.
      for (const close of closing.reverse()) await close();
    }
  },
});

function openAdminBooks(connection: Connection) {
  return {
    settings: createSettings({ store: postgresConfigStore(connection) }),
    runs: postgresRunStore(connection),
    budgets: openBudgets(connection),
  };
}

async function simulate(closing: (() => Promise<unknown>)[]): Promise<StagingClientOptions<BuiltInModel>> {
  const { createReplicateSimulator } = await import("../testing/index.ts");
  const simulator = await createReplicateSimulator({ timeScale: 1 / speed });
  closing.push(simulator.close);
  const { clientOptions } = simulator;
  // It only waits less: what stands in the books has happened by now, however long the page is open.
  return { ...clientOptions, clock: { ...clientOptions.clock, now: Date.now } };
}

// In a group of their own, as all runs of the simulator: `restage costs` tells by it that nobody paid for them.
function asSimulated(client: StagingClient): Pick<StagingClient, "start" | "wait"> {
  return {
    start: (request, options) => client.start({ ...request, group: simulatedGroup }, options),
    wait: (runId, options) => client.wait(runId, options),
  };
}

function chooseReplicate(): StagingClientOptions<BuiltInModel> | undefined {
  return process.env.REPLICATE_API_TOKEN ? { baseUrl: process.env.REPLICATE_BASE_URL || undefined } : undefined;
}

function toTrialText(isSimulated: boolean | undefined, beside: Beside | undefined, client: StagingClient | undefined): string {
  if (isSimulated) return `Photos are tried on the simulator${beside ? ", and their runs end with this command" : ""}.`;
  return client ? "Photos that are tried cost money." : "To try photos: --simulate, or a REPLICATE_API_TOKEN.";
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port must be 1 to 65535, not ${JSON.stringify(text)}`);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
