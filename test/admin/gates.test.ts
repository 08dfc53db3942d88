import { describe, expect, it } from "vitest";
import { type AskOptions, askHandler, origin, toRequest } from "./helpers.ts";
import { createWorld, type Sample } from "./world.ts";

/** A way to ask wrongly: what a good request becomes, and the statuses that may come of it. */
interface Flaw {
  readonly name: string;
  /** Whether it makes this request a wrong one. */
  applies(sample: Sample): boolean;
  spoil(good: AskOptions, sample: Sample): AskOptions & { readonly path?: string };
  readonly statuses: readonly number[];
}

// Not as the table of routes has it: that is what is tested.
const isTrial = ({ path }: Sample) => path === "try" || path === "try/estimate";
const isPublic = ({ path }: Sample) => path === "" || path.startsWith("assets/");
const isUnsafe = ({ route }: Sample) => route.method !== "GET";
const isGuarded = (sample: Sample) => !isPublic(sample);
const changes = (sample: Sample) => isUnsafe(sample) && !isTrial(sample);
const hasBody = ({ route }: Sample) => route.body !== undefined;
const needsBody = (sample: Sample) => isUnsafe(sample) && sample.route.method !== "DELETE";
const asRight = ({ path }: Sample) => (path === "try" ? "writer" : "reader");

const withHeaders = (good: AskOptions, headers: Readonly<Record<string, string>>) => ({
  ...good,
  headers: { ...good.headers, ...headers },
});
const cookie = (good: AskOptions, headers: Readonly<Record<string, string>> = {}) => ({
  ...withHeaders(good, { cookie: "session=spender", ...headers }),
  as: null,
});
const from = (name: string, spoil: (good: AskOptions) => AskOptions): Flaw => ({ name, applies: isUnsafe, spoil, statuses: [403] });
const body = (name: string, text: string, statuses: readonly number[]): Flaw => ({
  name: `a body that is ${name}`,
  applies: hasBody,
  spoil: (good) => ({ ...good, text }),
  statuses,
});
const type = (name: string, headers: Readonly<Record<string, string>>): Flaw => ({
  name: `a body sent as ${name}`,
  applies: hasBody,
  spoil: (good) => withHeaders({ ...good, text: JSON.stringify(good.body ?? {}) }, headers),
  statuses: [415],
});
const version = (name: string, text: string): Flaw => ({
  name: `${name} version`,
  applies: changes,
  spoil: ({ version: _, ...good }) => withHeaders(good, { "if-match": text }),
  statuses: [400],
});
const query = (name: string): Flaw => ({
  name: `the parameter ${name}`,
  applies: isGuarded,
  spoil: (good, { path }) => ({ ...good, path: `${path}?${name}` }),
  statuses: [400],
});

const flaws: readonly Flaw[] = [
  { name: "no session", applies: isGuarded, spoil: (good) => ({ ...good, as: null }), statuses: [401, 403] },
  {
    name: "a session of nobody",
    applies: isGuarded,
    spoil: (good) => withHeaders(good, { authorization: "Bearer nobody" }),
    statuses: [401],
  },
  {
    name: "another right",
    applies: (sample) => changes(sample) || sample.path === "try",
    spoil: (good, sample) => ({ ...good, as: asRight(sample) }),
    statuses: [403],
  },
  from("a cookie from a foreign origin", (good) => cookie(good, { origin: "https://evil.example" })),
  from("a cookie from an allowed origin", (good) => cookie(good, { origin: "https://panel.example.com" })),
  from("a cookie from an origin that hides", (good) => cookie(good, { origin: "null" })),
  from("a cookie from the same host without TLS", (good) => cookie(good, { origin: "http://example.com" })),
  from("a cookie from a subdomain", (good) => cookie(good, { origin: "https://x.example.com" })),
  from("a cookie from nowhere", (good) => cookie(good)),
  from("a cookie from another site", (good) => cookie(good, { "sec-fetch-site": "cross-site" })),
  from("a cookie from the same site", (good) => cookie(good, { "sec-fetch-site": "same-site" })),
  from("a cookie from a typed address", (good) => cookie(good, { "sec-fetch-site": "none" })),
  from("a cookie beside Basic", (good) => cookie(good, { authorization: "Basic eDp5" })),
  from("a token from a foreign origin", (good) => withHeaders(good, { origin: "https://evil.example" })),
  { name: "no version", applies: changes, spoil: ({ version: _, ...good }) => good, statuses: [428] },
  {
    name: "a stale version",
    applies: changes,
    spoil: (good) => ({ ...good, version: (good.version ?? 0) + 1 }),
    statuses: [412],
  },
  version("any", "*"),
  version("a weak list of", 'W/"2", W/"2"'),
  version("a bare", "2"),
  version("one of two", '"2", "3"'),
  version("a negative", '"-1"'),
  version("an empty", '""'),
  body("cut short", '{"values": {', [400]),
  body("no JSON", "values=1", [400]),
  body("a list", "[]", [422]),
  body("null", "null", [422]),
  body("deep", `${"[".repeat(50_000)}${"]".repeat(50_000)}`, [400, 422]),
  body("a prototype", '{"__proto__": {"isAdmin": true}}', [400]),
  body("a prototype in disguise", '{"values": {"\\u005f_proto__": {"safety_tolerance": 1}}}', [400]),
  body("of an unknown field", '{"modelID": "qwen/qwen-image-edit", "version": 1}', [422]),
  body(
    "of wrong types",
    '{"values": 1, "modelId": 1, "reason": 1, "version": "1", "price": 1, "accepted": 1, "note": 1, "image": 1}',
    [422],
  ),
  body("of 10 MB", `{"note": "${"x".repeat(10_000_000)}"}`, [413, 422]),
  { ...body("empty", "", [400, 415]), applies: needsBody },
  type("a form", { "content-type": "application/x-www-form-urlencoded" }),
  type("plain text", { "content-type": "text/plain;charset=UTF-8" }),
  type("something like JSON", { "content-type": "application/jsonx" }),
  type("JSON in Latin-1", { "content-type": "application/json; charset=latin1" }),
  type("packed JSON", { "content-encoding": "gzip" }),
  query("dryrun"),
  query("note=x"),
  { ...query("dry-run=false"), statuses: [400] },
  {
    name: "another method",
    applies: () => true,
    spoil: (good) => ({ ...good, method: "PATCH" }),
    statuses: [405],
  },
  {
    name: "a path with a broken escape",
    applies: ({ path }) => path !== "",
    spoil: (good, { path }) => ({ ...good, path: `${path}/%E0%A4%A` }),
    statuses: [400, 404, 405],
  },
];

const toGood = ({ route, body: sent, version: standsOn, headers }: Sample): AskOptions => ({
  method: route.method,
  headers,
  ...(sent !== undefined && { body: sent }),
  ...(standsOn !== undefined && { version: standsOn }),
});

describe("the gates of every endpoint", () => {
  it.each(flaws)("let nothing in: $name", async ({ applies, spoil, statuses }) => {
    const { handle, state, samples, errors } = await createWorld();
    const before = await state();
    const wrong = samples().filter(applies);
    expect(wrong.length).toBeGreaterThan(0);
    for (const sample of wrong) {
      const { path = sample.path, ...asked } = spoil(toGood(sample), sample);
      const { status, json, headers } = await askHandler(handle, `${origin}/admin/${path}`, asked);
      const where = `${sample.route.method} ${sample.path}: ${status} ${json?.code}`;
      expect(statuses, where).toContain(status);
      expect(headers.get("content-type"), where).toBe("application/problem+json");
      expect(json, where).toMatchObject({
        status,
        code: expect.any(String),
        title: expect.any(String),
        detail: expect.stringMatching(/\S{3}/),
      });
      expect(await state(), where).toBe(before);
    }
    expect(errors).toEqual([]);
  });

  it("let in what is right, by token and by cookie", async () => {
    const { samples } = await createWorld();
    const asCookie = (good: AskOptions) => cookie(good, { origin });
    for (const [index, { route, path }] of samples().entries()) {
      for (const toAsked of [(good: AskOptions) => good, asCookie]) {
        const { handle, state, samples: again } = await createWorld();
        const before = await state();
        const { status, text } = await askHandler(handle, `${origin}/admin/${path}`, toAsked(toGood(again()[index] as Sample)));
        const isMissing = path === "" || path.startsWith("assets/") || path.includes("/images/");
        expect(status, `${route.method} ${path}: ${text}`).toBe(isMissing ? 404 : path === "try" ? 202 : 200);
        // What ends a pause that there is not changes nothing.
        const isChange = route.method !== "GET" && path !== "try/estimate";
        if (!path.includes("pause")) expect((await state()) !== before, `${route.method} ${path}`).toBe(isChange);
      }
    }
  });

  it("show the way to what is asked for and cannot be", async () => {
    const { handle, samples } = await createWorld();
    for (const { path, route } of samples()) {
      const { headers, status } = await askHandler(handle, `${origin}/admin/${path}`, { method: "OPTIONS", as: null });
      expect(status).toBe(204);
      expect(headers.get("allow")?.split(", ")).toEqual(expect.arrayContaining([route.method, "OPTIONS"]));
    }
  });
});

describe("the requests of this file", () => {
  it("are what they say", () => {
    expect(toRequest(origin, { as: null, version: 3 }).headers.get("if-match")).toBe('"3"');
  });
});
