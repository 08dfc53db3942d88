import fc from "fast-check";
import { expect, it } from "vitest";
import { createAdminHandler } from "../../src/admin/index.ts";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { memoryBudgetStore } from "../../src/books/budget/memory-budget-store.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import type { ConfigStore, ConfigWriteOptions } from "../../src/settings/config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { type DrawnRequest, drawnRequest } from "./drawn-request.ts";
import { authorize, origin, pro } from "./helpers.ts";

const requests = Number(process.env.RESTAGE_ADMIN_FUZZ ?? 2_000);

/** What a request changed. */
interface Change {
  readonly what: string;
  readonly expectedVersion: number | undefined;
  readonly author: string | undefined;
}

/** A service whose stores tell of every change that they let pass. */
async function createWatchedService() {
  const changes: Change[] = [];
  const memory = memoryConfigStore();
  const note = (what: string, write: ConfigWriteOptions) => {
    changes.push({ what, expectedVersion: write.expectedVersion, author: write.author.name });
  };
  const store: ConfigStore = {
    ...memory,
    async put(key, value, write) {
      const document = await memory.put(key, value, write);
      note(key, write);
      return document;
    },
    async delete(key, write) {
      const version = await memory.delete(key, write);
      if (version !== null) note(key, write);
      return version;
    },
  };
  const memoryRuns = memoryRunStore();
  const runs: RunStore = {
    ...memoryRuns,
    async update(id, expectedVersion, patch) {
      const run = await memoryRuns.update(id, expectedVersion, patch);
      changes.push({ what: id, expectedVersion, author: undefined });
      return run;
    },
  };
  await memoryRuns.create(sampleRun({ id: "run_1", state: "succeeded" }));
  const settings = createSettings({ store });
  await settings.saveConfig(pro, { safety_tolerance: 2 }, { author: { name: "Ada" } });
  const budgets = createBudgets({ store: memoryBudgetStore(), configStore: store });
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const allowedOrigins = ["https://panel.example.com"];
  const handle = createAdminHandler({ settings, runs, budgets, authorize, allowedOrigins, page: false, onError });
  changes.length = 0;
  return { handle, changes, errors };
}

/** Whether a request may change something: it has the right, comes from here, and says on what version it stands. */
function mayChange(request: Request): boolean {
  const { headers: sent, method: how, url } = request;
  const isBearer = /^Bearer (writer|spender)$/.test(sent.get("authorization") ?? "");
  const isCookie = sent.get("cookie") === "session=writer" && sent.get("authorization") === null;
  const from = sent.get("origin");
  const site = sent.get("sec-fetch-site");
  const isHere = from === origin || (from === null && site === "same-origin");
  const isOutside = isBearer && (from === "https://panel.example.com" || (from === null && site === null));
  const isTrial = new URL(url).searchParams.has("dry-run");
  return ["PUT", "POST", "DELETE"].includes(how) && (isBearer || isCookie) && (isHere || isOutside) && !isTrial;
}

/** The address of what a request changes: where its version is told. */
const placeOf = ({ path }: DrawnRequest) => path.replace(/\/(?:rollback|reset|feedback)$/, "").replace(/^budgets\/.*/, "budgets");

it(`changes nothing without right, origin and version, and never breaks: ${requests} requests`, { timeout: 1_200_000 }, async () => {
  let { handle, changes, errors } = await createWatchedService();
  const seen = new Map<number, number>();
  let changed = 0;
  let asked = 0;

  async function toRequest(drawn: DrawnRequest): Promise<Request> {
    const { method, path, query, headers, body, isUpToDate } = drawn;
    const hasBody = !["GET", "HEAD"].includes(method);
    const request = new Request(`${origin}/admin/${path}${query}`, { method, headers, ...(hasBody && { body }) });
    if (!hasBody || !isUpToDate) return request;
    const shown = await handle(new Request(`${origin}/admin/${placeOf(drawn)}`, { headers: { authorization: "Bearer reader" } }));
    request.headers.set("if-match", shown.headers.get("etag") ?? '"0"');
    return request;
  }

  await fc.assert(
    fc.asyncProperty(drawnRequest, async (drawn) => {
      // Now and then a new one: histories grow long.
      if (++asked % 2_000 === 0) ({ handle, changes, errors } = await createWatchedService());
      const request = await toRequest(drawn);
      const response = await handle(request);
      const text = await response.text();
      const { status } = response;
      seen.set(status, (seen.get(status) ?? 0) + 1);
      expect(errors).toEqual([]);
      expect(status).toBeLessThan(500);
      expect(text).not.toMatch(/\.ts:\d|node_modules|\n\s+at /);
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      if (status >= 400 && text !== "") expect(JSON.parse(text)).toMatchObject({ status, code: expect.stringMatching(/^\w+$/) });
      const made = changes.splice(0);
      changed += made.length;
      if (made.length === 0) return;
      expect(made).toHaveLength(1);
      expect(status).toBe(200);
      expect(mayChange(request)).toBe(true);
      expect(request.headers.get("if-match")?.replace("W/", "")).toBe(`"${made[0]?.expectedVersion}"`);
      expect(["writer", "spender", undefined]).toContain(made[0]?.author);
    }),
    { numRuns: requests },
  );
  if (process.env.RESTAGE_ADMIN_FUZZ) console.log({ requests, changed, statuses: Object.fromEntries([...seen].sort()) });
  // So that all this was put to the test.
  expect(changed).toBeGreaterThan(requests / 50);
  for (const status of [200, 400, 401, 403, 404, 405, 412, 415, 422, 428]) expect(seen.get(status) ?? 0, `${status}`).toBeGreaterThan(0);
});
