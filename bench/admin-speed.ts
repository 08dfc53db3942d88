import { Hono } from "hono";
import { createAdminHandler } from "../src/admin/index.ts";
import { securityHeaders } from "../src/admin/security-headers.ts";
import { createSettings } from "../src/settings/create-settings.ts";
import { memoryConfigStore } from "../src/stores/memory/memory-config-store.ts";
import { memoryRunStore } from "../src/stores/memory/memory-run-store.ts";
import type { Measurement } from "./measurement.ts";
import { median } from "./median.ts";

const rounds = 15;
const requestsPerRound = 2_000;
const modelId = "black-forest-labs/flux-kontext-pro";

type Handle = (request: Request) => Response | Promise<Response>;

/**
 * The admin handler by a Hono app whose routes do the same by hand: the same check of the caller, the same read of the settings, the same
 * headers. Without a network, which would hide what the handlers take. In turns, in one process: whatever else the machine does slows both.
 */
export async function measureAdminSpeed(): Promise<readonly Measurement[]> {
  const settings = createSettings({ store: memoryConfigStore() });
  await settings.saveConfig(modelId, { safety_tolerance: 2 }, { author: { name: "Ada" } });
  await settings.setActive(modelId, { author: { name: "Ada" } });
  const authorize = ({ headers }: Request) => (headers.get("authorization") === "Bearer token" ? { author: { name: "Ada" } } : null);
  const ours = createAdminHandler({ settings, runs: memoryRunStore(), authorize, page: false });

  const app = new Hono();
  app.use(async (context, next) => {
    if (authorize(context.req.raw) === null) return context.json({ status: 401 }, 401);
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) context.header(name, value);
  });
  app.get("/admin/settings/model", async (context) => {
    const { modelId: active, origin, version } = await settings.active();
    context.header("etag", `"${version ?? 0}"`);
    return context.json({ modelId: active, origin, version, refusal: null });
  });
  app.get("/admin/models/:owner/:name/config", async (context) => {
    const { owner, name } = context.req.param();
    const { config, origins, warnings, versions } = await settings.config(`${owner}/${name}` as typeof modelId);
    context.header("etag", `"${versions.global ?? 0}"`);
    return context.json({ modelId, inForce: config.toMap(), origins, warnings, version: versions.global });
  });
  const theirs: Handle = (request) => app.fetch(request);

  const limit = { atLeast: 0.5 };
  return [
    { name: "admin handler, the active model, by a Hono route", value: await compare(ours, theirs, "settings/model"), unit: "×", limit },
    { name: "admin handler, a config, by a Hono route", value: await compare(ours, theirs, `models/${modelId}/config`), unit: "×", limit },
  ];
}

/** How many requests the one answers in the time in which the other answers one. */
async function compare(ours: Handle, theirs: Handle, path: string): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const own = await time(ours, path);
    ratios.push((await time(theirs, path)) / own);
  }
  // The first rounds warm both up.
  return median(ratios.slice(3));
}

async function time(handle: Handle, path: string): Promise<number> {
  const start = performance.now();
  for (let count = 0; count < requestsPerRound; count += 1) {
    const response = await handle(new Request(`https://example.com/admin/${path}`, { headers: { authorization: "Bearer token" } }));
    if (response.status !== 200 || (await response.text()) === "") throw new Error(`answered ${response.status}`);
  }
  return performance.now() - start;
}
