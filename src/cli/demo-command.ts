import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatUsd } from "../model/price.ts";
import { defineCommand } from "./command.ts";
import { confirmSpending } from "./confirm-spending.ts";
import { type DemoResult, toDemoJobs } from "./demo-job.ts";
import { toDemoJson, toDemoPage, toDemoText } from "./demo-report.ts";
import { estimateCost } from "./estimate-cost.ts";
import { formatDuration } from "./format.ts";
import { listenForInterrupt } from "./listen-for-interrupt.ts";
import { openSession } from "./open-session.ts";
import { runDemo } from "./run-demo.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** `restage demo`: stages the sample rooms with every model that can. */
export const demoCommand = defineCommand({
  name: "demo",
  summary: "Stage sample rooms with every model, offline, and compare them on a page",
  args: [],
  options: {
    out: {
      type: "string",
      placeholder: "DIRECTORY",
      description: "Where images and page go; default out. Files of an earlier demo are replaced",
    },
    live: { type: "boolean", description: "Stage on Replicate, for money; needs REPLICATE_API_TOKEN, and asks first" },
    yes: { type: "boolean", description: "Do not ask before spending" },
    speed: { type: "string", placeholder: "N", description: "How many times faster than real time it is simulated, 1 to 100; default 25" },
  },
  examples: [
    ["restage demo", "Simulates everything: no token, no cost, no network"],
    ["restage demo --speed 1", "The same at the pace of the real models"],
    ["restage demo --live", "Tells what it costs, asks, and stages on Replicate"],
  ],
  async run({ options, terminal }) {
    const { out = "out", live = false, yes = false, json = false } = options;
    const speed = readSpeed(options.speed, live);
    const jobs = toDemoJobs();
    const hasToken = Boolean(process.env.REPLICATE_API_TOKEN);
    if (live && !hasToken)
      throw new UsageError(
        "--live needs REPLICATE_API_TOKEN (https://replicate.com/account/api-tokens); without --live the demo runs offline",
      );
    const estimate = estimateCost(jobs.map(({ model }) => model.id));
    if (live && !(await confirmSpending(`Staging ${jobs.length} images`, estimate, yes, terminal))) {
      terminal.note("Nothing was sent.");
      return 1;
    }
    if (!live && hasToken) terminal.note(`A token was found and is not used: --live would spend about ${formatUsd(estimate)}.`);

    const session = await openSession({ command: "demo", speed: live ? undefined : speed, terminal });
    const listener = listenForInterrupt(terminal);
    try {
      await session.storage.prepare();
      terminal.note(`Staging ${jobs.length} images ${live ? "on Replicate" : "offline, with the built-in simulator"} …`);
      const results = await runDemo(session, jobs, out, listener.signal, createDemoProgress(jobs.length, terminal));
      const page = join(out, "index.html");
      await writeFile(page, toDemoPage(results, out, session.isSimulated));
      terminal.redraw("");
      const facts = { simulated: session.isSimulated, page, keptIn: session.storage.keptIn };
      terminal.print(json ? JSON.stringify(toDemoJson(results, facts), null, 2) : toDemoText(results, facts, terminal.style));
      return results.some(({ error }) => error !== undefined) ? 1 : 0;
    } finally {
      listener.stop();
      await session.close();
    }
  },
});

function readSpeed(text: string | undefined, live: boolean): number {
  if (text === undefined) return 25;
  if (live) throw new UsageError("--speed is for the simulator; --live runs at the pace of the models");
  const speed = Number(text);
  if (text.trim() === "" || !(speed >= 1 && speed <= 100)) throw new UsageError(`--speed must be 1 to 100, not ${JSON.stringify(text)}`);
  return speed;
}

function createDemoProgress(count: number, terminal: Terminal): (result: DemoResult) => void {
  let done = 0;
  const draw = (text: string) => terminal.redraw(`${"█".repeat(done)}${"░".repeat(count - done)} ${text}`);
  draw(`0/${count}`);
  return ({ job, error, modelDurationMs }) => {
    done += 1;
    const outcome = error === undefined ? formatDuration(modelDurationMs ?? 0) : "failed";
    const line = `${done}/${count}  ${job.room.name}, ${job.model.id}: ${outcome}`;
    if (terminal.isInteractive) draw(line);
    else terminal.note(line);
  };
}
