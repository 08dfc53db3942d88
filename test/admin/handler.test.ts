import { describe, expect, it } from "vitest";
import { type AdminHandlerOptions, createAdminHandler } from "../../src/admin/index.ts";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { memoryBudgetStore } from "../../src/books/budget/memory-budget-store.ts";
import { DatabaseUnavailableError } from "../../src/errors/database-unavailable-error.ts";
import { InvalidRequestError } from "../../src/errors/invalid-request-error.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { askHandler, authorize, origin, pro, setUpAdmin } from "./helpers.ts";

const author = { name: "Ada Lovelace" };
const policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

describe("a handler", () => {
  it.each([
    ["without authorize", { authorize: undefined }, "authorize"],
    ["without settings", { settings: undefined }, "settings"],
    ["without runs", { runs: null }, "runs"],
    ["at a base path with a query", { basePath: "/admin?x" }, "basePath"],
    ["for any origin", { allowedOrigins: ["*"] }, "allowedOrigins[0]"],
    ["for an origin with a path", { allowedOrigins: ["https://panel.example.com/"] }, "allowedOrigins[0]"],
  ])("is not made %s", (_, wrong, field) => {
    const { settings } = setUpAdmin();
    const options = { settings, runs: memoryRunStore(), authorize, ...wrong } as unknown as AdminHandlerOptions;
    const make = () => createAdminHandler(options);
    expect(make).toThrow(InvalidRequestError as never);
    expect(make).toThrow(`${field}: `);
    expect(() => createAdminHandler(undefined as never)).toThrow(/authorize/);
  });

  it.each([
    ["/admin", "/admin/models"],
    ["/admin/", "/admin/models/"],
    ["admin", "/admin/models?"],
    ["", "/models"],
    ["/", "/models"],
    ["//back/office//", "/back/office/models"],
  ])("is mounted at %j", async (basePath, path) => {
    const { handle } = setUpAdmin({ basePath });
    expect((await askHandler(handle, origin + path, {})).json.models).toHaveLength(5);
    for (const other of ["/adminmodels", "/other/models", "/admin/none", "/back/none"]) {
      expect((await askHandler(handle, origin + other, {})).json).toMatchObject({ status: 404, code: "not_found" });
    }
  });

  it("takes ids with an escaped slash, and says what is wrong with those that hold one", async () => {
    const { ask } = setUpAdmin();
    const id = encodeURIComponent(pro);
    expect((await ask(`models/${id}/config`)).json.modelId).toBe(pro);
    expect((await ask(`projects/villa/models/${id}/config`)).status).toBe(200);
    const slash = await ask("projects/villa%2F12/model", { method: "PUT", body: { modelId: pro }, version: 0 });
    expect(slash.json).toMatchObject({
      status: 422,
      code: "invalid_setting",
      issues: [{ field: "projectId", message: expect.stringMatching(/slash/) }],
    });
    expect((await ask("projects/..%2F..%2Factive_model/pause")).status).toBe(422);
    expect((await ask("projects/%00/pause")).status).toBe(422);
    expect((await ask("projects/%ff/pause")).json).toMatchObject({ status: 400, code: "malformed_path" });
    expect((await ask("models/acme/none/config")).json).toMatchObject({
      status: 404,
      code: "unknown_model",
      issues: [{ field: "modelId" }],
    });
    expect((await ask("models/__proto__/config")).status).toBe(404);
    expect((await ask("models/acme/none/config", { method: "PUT", body: { values: {} }, version: 0 })).status).toBe(404);
    expect((await ask(`models/${pro}/extra/config`)).status).toBe(404);
  });

  it("answers HEAD as GET, and other methods with those that there are", async () => {
    const { ask } = setUpAdmin();
    const head = await ask("settings/model", { method: "HEAD" });
    expect([head.status, head.text, head.headers.get("etag")]).toEqual([200, "", '"0"']);
    const wrong = await ask("settings/model", { method: "DELETE", version: 0 });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, PUT, HEAD, OPTIONS"]);
    expect((await ask("none", { method: "HEAD", as: null })).status).toBe(404);
  });

  it("has strict headers on every answer", async () => {
    const { ask } = setUpAdmin();
    for (const path of ["models", "none", "settings/model?x"]) {
      for (const as of ["reader", null] as const) {
        const { headers } = await ask(path, { as });
        expect(headers.get("content-security-policy")).toBe(policy);
        expect(headers.get("x-content-type-options")).toBe("nosniff");
        expect(headers.get("cache-control")).toBe("no-store");
        expect(headers.get("x-frame-options")).toBe("DENY");
        expect(headers.get("access-control-allow-origin")).toBeNull();
      }
    }
  });

  it("lets allowed origins in by token, and never with cookies", async () => {
    const { ask } = setUpAdmin({ allowedOrigins: ["https://panel.example.com"] });
    const headers = { origin: "https://panel.example.com" };
    const preflight = await ask("settings/model", { method: "OPTIONS", as: null, headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-methods")).toBe("GET, PUT, HEAD, OPTIONS");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("if-match");
    const put = await ask("settings/model", { method: "PUT", body: { modelId: pro }, version: 0, headers });
    expect([put.status, put.headers.get("access-control-allow-origin"), put.headers.get("vary")]).toEqual([200, headers.origin, "Origin"]);
    const refused = await ask("none", { headers });
    expect(refused.headers.get("access-control-allow-origin")).toBe(headers.origin);
    for (const answer of [preflight, put, refused]) expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    for (const foreign of ["https://evil.example", "null", "https://panel.example.com.evil.example"]) {
      const answer = await ask("settings/model", { method: "OPTIONS", as: null, headers: { origin: foreign } });
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(answer.headers.get("access-control-allow-methods")).toBeNull();
    }
  });

  it("takes changes by cookie from its own origin, also behind a proxy that ends TLS", async () => {
    const { handle } = setUpAdmin();
    const put = (url: string, version: number, headers: Readonly<Record<string, string>>) => {
      const asked = { method: "PUT", body: { modelId: pro }, version, as: null, headers: { cookie: "session=writer", ...headers } };
      return askHandler(handle, `${url}/admin/settings/model`, asked);
    };
    expect((await put("http://example.com", 0, { origin: "https://example.com" })).status).toBe(200);
    expect((await put("http://127.0.0.1:3000", 1, { origin: "http://127.0.0.1:3000" })).status).toBe(200);
    expect((await put("https://example.com", 2, { "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await put("http://127.0.0.1:3000", 3, { origin: "http://127.0.0.1:3001" })).status).toBe(403);
  });
});

describe("what goes wrong", () => {
  const secret = "postgres://ada:hunter2@10.0.0.5/restage";

  it.each([
    ["an error of nobody's", new Error(secret), 500, "internal"],
    ["a text", secret, 500, "internal"],
    ["an error of the database", new DatabaseUnavailableError(secret, { retryable: true }), 503, "database_unavailable"],
  ])("is told without its words: %s", async (_, error, status, code) => {
    const store = { ...memoryConfigStore(), getMany: () => Promise.reject(error) };
    const { ask, errors } = setUpAdmin({ store });
    const { json, text, headers } = await ask("models");
    expect(json).toMatchObject({ status, code, instance: "/admin/models" });
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(text).not.toContain("hunter2");
    expect(text).not.toMatch(/\.ts|node_modules| at .*:\d/);
    expect(errors).toEqual([error]);
  });

  it.each([
    ["throws", () => Promise.reject(new Error(secret))],
    ["gives no author", async () => ({}) as never],
    ["gives an author without a name", async () => ({ author: { name: " " } })],
    ["gives true", async () => true as never],
  ])("is told to nobody but the host where authorize %s", async (_, wrong) => {
    const { ask, errors, settings } = setUpAdmin({ authorize: wrong });
    const { status, text } = await ask("settings/model", { method: "PUT", body: { modelId: pro }, version: 0 });
    expect(status).toBe(500);
    expect(text).not.toContain("hunter2");
    expect(errors).toHaveLength(1);
    expect((await settings.trail()).versions).toEqual([]);
  });

  it("in onError changes nothing", async () => {
    const onError = () => {
      throw new Error("mine");
    };
    const { ask } = setUpAdmin({ authorize: () => Promise.reject(new Error("x")), onError });
    expect((await ask("models")).status).toBe(500);
  });

  it("with one of two who change at the same time is told to him, and nothing is lost", async () => {
    const { ask } = setUpAdmin();
    const put = (safety_tolerance: number) =>
      ask(`models/${pro}/config`, { method: "PUT", body: { values: { safety_tolerance } }, version: 0 });
    const answers = await Promise.all([put(1), put(2), put(3)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const late = answers.find(({ status }) => status === 412);
    expect(late?.json).toMatchObject({ code: "version_conflict", currentVersion: 1 });
    expect((await ask(`models/${pro}/config/history`)).json.versions).toHaveLength(1);
  });
});

describe("who may not look", () => {
  it("gets what the host answers for the page, and a problem for all else", async () => {
    const login = () => Response.redirect("https://example.com/login", 303);
    const { ask } = setUpAdmin({ authorize: login });
    const page = await ask("");
    expect([page.status, page.headers.get("location")]).toEqual([303, "https://example.com/login"]);
    expect((await ask("models")).json).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  it("can be given a login form under a policy of the host's own", async () => {
    const headers = { "content-type": "text/html", "content-security-policy": "form-action 'self'" };
    const { ask } = setUpAdmin({ authorize: () => new Response("<form>", { status: 401, headers }) });
    const { status, text, headers: sent } = await ask("");
    expect([status, text, sent.get("content-security-policy")]).toEqual([401, "<form>", "form-action 'self'"]);
    expect([sent.get("x-frame-options"), sent.get("cache-control")]).toEqual(["DENY", "no-store"]);
  });
});

describe("the page", () => {
  it("is served to anybody, with and without a slash, under a policy of its own", async () => {
    const { handle } = setUpAdmin();
    const get = (path: string, headers = {}) => askHandler(handle, `${origin}${path}`, { as: null, headers });
    const [plain, slash] = [await get("/admin"), await get("/admin/")];
    for (const [answer, base] of [
      [plain, "admin/"],
      [slash, "./"],
    ] as const) {
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(answer.text).toContain(`src="${base}assets/`);
      expect(answer.text).not.toContain("{{");
    }
    const script = /src="\.\/(assets\/[^"]+)"/.exec(slash.text)?.[1];
    const file = await get(`/admin/${script}`);
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "text/javascript; charset=utf-8"]);
    const again = await get(`/admin/${script}`, { "if-none-match": file.headers.get("etag") });
    expect([again.status, again.text]).toEqual([304, ""]);
    for (const none of ["none.js", "index.html", "..%2Findex.html", "__proto__"])
      expect((await get(`/admin/assets/${none}`)).status).toBe(404);
  });

  it("is left out where the host wants only the API", async () => {
    const { ask } = setUpAdmin({ page: false });
    for (const path of ["", "assets/app.js"]) expect((await ask(path)).json).toMatchObject({ status: 404, code: "not_found" });
  });
});

describe("costs", () => {
  it("are summed up by what is asked", async () => {
    const { ask, runs } = setUpAdmin();
    const cost = { microUsd: 30_000, basis: "table", priceVersion: "2026-04", outputs: 1 } as const;
    for (const id of ["run_1", "run_2"]) await runs.create(sampleRun({ id, state: "succeeded", cost }));
    const { json } = await ask("costs?by=model,state");
    expect(json.rows).toEqual([
      expect.objectContaining({ modelId: "qwen/qwen-image-edit", state: "succeeded", runs: 2, costMicroUsd: 60_000 }),
    ]);
    expect((await ask("costs")).json.rows).toHaveLength(1);
    expect((await ask("costs?by=model&until=2000-01-01")).json.rows).toEqual([]);
    expect((await ask("costs?by=mood")).json).toMatchObject({ status: 400, issues: [{ field: "by" }] });
    expect((await ask("costs?by=model,model")).json).toMatchObject({ status: 422, issues: [{ field: "by" }] });
    expect((await ask("costs?since=yesterday")).json).toMatchObject({ status: 422, issues: [{ field: "since" }] });
  });
});

describe("budgets", () => {
  it("are shown, set and removed, on the version of all of them together", async () => {
    const configStore = memoryConfigStore();
    const budgets = createBudgets({ store: memoryBudgetStore(), configStore });
    const { ask } = setUpAdmin({ budgets });
    expect((await ask("budgets")).json).toEqual({ budgets: [], version: null });
    const body = { period: "month", limitMicroUsd: 1_000_000, note: "for a start" };
    const set = await ask("budgets/all", { method: "PUT", body, version: 0 });
    expect(set.json).toMatchObject({
      version: 1,
      budgets: [{ budget: { id: "all", period: "month" }, spentMicroUsd: 0, leftMicroUsd: 1_000_000 }],
    });
    expect(set.headers.get("etag")).toBe('"1"');
    expect((await configStore.history("budgets")).versions[0]).toMatchObject({ author: { name: "spender" }, note: "for a start" });
    expect((await ask("budgets/all", { method: "PUT", body, version: 0 })).json).toMatchObject({ status: 412, currentVersion: 1 });
    const wrong = await ask("budgets/all", { method: "PUT", body: { period: "moon", limitMicroUsd: -1, limit: 1 }, version: 1 });
    expect(wrong.status).toBe(422);
    expect(wrong.json.issues.map(({ field }: { field: string }) => field).sort()).toEqual(["limit", "limitMicroUsd", "period"]);
    expect((await ask("budgets/none", { method: "DELETE", version: 1 })).json).toMatchObject({ status: 404, code: "unknown_budget" });
    expect((await ask("budgets/all", { method: "DELETE", body: { note: "x" }, version: 1 })).json.budgets).toEqual([]);
    expect((await budgets.list()).budgets).toEqual([]);
  });

  it("are not there where the host keeps none", async () => {
    const { ask, settings } = setUpAdmin();
    await settings.setActive(pro, { author });
    expect((await ask("budgets")).json).toMatchObject({ status: 404, code: "not_configured" });
  });
});
