import fc from "fast-check";
import type { Route } from "../../src/admin/route.ts";
import { routes } from "../../src/admin/routes.ts";
import { origin, pro, qwen, seedream3 } from "./helpers.ts";

/** A request that was drawn: mostly right, with something wrong here and there. */
export interface DrawnRequest {
  readonly method: string;
  /** Below the base path. */
  readonly path: string;
  readonly query: string;
  readonly headers: [string, string][];
  readonly body: string;
  /** Whether it is to stand on the version that is stored. */
  readonly isUpToDate: boolean;
}

const hostile = ["__proto__", "..", "%2F", "%00", "%", "%ff", "a b", "ü", "", "*", "x".repeat(300), "'; DROP TABLE", "%252F"];
const partOf: Readonly<Record<string, readonly string[]>> = {
  model: [pro, qwen, seedream3, encodeURIComponent(pro), "acme/none", "__proto__/x"],
  project: ["villa-12", "flat", ...hostile],
  run: ["run_1", "run_2", ...hostile],
  index: ["0", "1", "-1", "1e3", ...hostile],
  budget: ["all", "month", ...hostile],
  file: ["app.js", "index.html", ...hostile],
};

/** Mostly one of these, seldom one of those. */
const mostly = <Value>(often: fc.Arbitrary<Value>, seldom: fc.Arbitrary<Value>, weight = 6) =>
  fc.oneof({ weight, arbitrary: often }, { weight: 1, arbitrary: seldom });

function pathOf({ path }: Route): fc.Arbitrary<string> {
  const pieces = path.split(/\{(\w+)\}/).map((piece, index) => {
    const [first = "", ...others] = partOf[piece] ?? [];
    return index % 2 === 0 ? fc.constant(piece) : mostly(fc.constant(first), fc.constantFrom(first, ...others), 3);
  });
  const good = fc.tuple(...pieces).map((all) => all.join(""));
  const longer = fc.tuple(good, fc.constantFrom("/", ...hostile)).map((both) => both.join("/"));
  return mostly(good, longer, 12);
}

const query = mostly(
  fc.constant(""),
  fc.constantFrom(
    "?dry-run",
    "?dry-run=1",
    "?dry-run=false",
    "?dry-run&dry-run=no",
    "?dryrun",
    "?limit=2",
    "?limit=x",
    "?cursor=1",
    "?by=model,day",
    "?state=failed",
    "?__proto__=1",
    "?cursor=%00",
    "?=&&",
  ),
);

const value = fc.oneof(
  fc.constantFrom(null, true, 0, 1, 2, 3, -1, 1.5, 1e300, "", "jpg", "webp", "1:1", pro, [], {}),
  fc.jsonValue({ maxDepth: 1 }),
);
const name = mostly(
  fc.constantFrom("safety_tolerance", "output_format", "seed"),
  fc.constantFrom("__proto__", "constructor", "toMap", "configName", "x"),
);
const fields = fc.uniqueArray(fc.tuple(name, mostly(fc.constantFrom(1, 2, 3, null), value, 3)), { maxLength: 3, selector: ([key]) => key });
const price = { per: "output_image", microUsd: 1, asOf: "2026-11-20", source: "x" };

// Written out by hand: of an object JSON.stringify would leave out a __proto__.
const toText = (entries: readonly (readonly [string, unknown])[]) =>
  `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${JSON.stringify(each)}`).join(",")}}`;

/** A body that an endpoint takes, or nearly. */
function bodyOf({ path, method }: Route): fc.Arbitrary<string> {
  const one = (key: string, all: readonly unknown[]) => fc.constantFrom(...all).map((chosen) => JSON.stringify({ [key]: chosen }));
  if (path.endsWith("/rollback")) return one("version", [1, 2, 3]);
  if (path.endsWith("/reset") || method === "DELETE") return fc.constant("{}");
  if (path.endsWith("pause")) return one("reason", ["Moving house"]);
  if (path.endsWith("/model")) return one("modelId", [pro, qwen, seedream3]);
  if (path.endsWith("/feedback")) return one("accepted", [true, false]);
  if (path.startsWith("budgets")) return fc.constant('{"period":"month","limitMicroUsd":1000000}');
  if (path.endsWith("/price")) return one("price", [price, { ...price, per: "x" }]);
  return path.endsWith("/config")
    ? fields.map((all) => `{"values":${toText(all)}}`)
    : fc.constant(JSON.stringify({ modelId: pro, config: {} }));
}

const anyBody = fc.oneof(
  fc.constantFrom(
    "",
    "null",
    "[]",
    "{",
    '{"__proto__":{"a":1}}',
    '{"values":{"__proto__":1}}',
    "1e999",
    '{"note":"\\u0000"}',
    '{"version":1.5}',
  ),
  fc
    .uniqueArray(fc.tuple(fc.constantFrom("values", "modelId", "version", "reason", "note", "price", "accepted", "config"), value), {
      maxLength: 3,
      selector: ([key]) => key,
    })
    .map(toText),
  fc.json({ maxDepth: 2 }),
  fc.string(),
);

const header = (key: string, often: readonly string[], seldom: readonly string[]) =>
  mostly(fc.constantFrom(...often), fc.constantFrom(...seldom), 8).map((text): [string, string][] => (text === "" ? [] : [[key, text]]));
const headers = fc
  .tuple(
    mostly(
      header("authorization", ["Bearer spender", "Bearer writer"], ["", "Bearer reader", "Bearer nobody", "Basic spender", "spender"]),
      header("cookie", ["session=writer"], ["session=reader", "session=x"]),
      2,
    ),
    header("origin", ["", origin], ["https://evil.example", "null", "https://panel.example.com", "http://example.com", "x"]),
    header("sec-fetch-site", ["", "same-origin"], ["cross-site", "same-site", "none"]),
    header("if-match", ["", '"0"', '"1"', '"2"'], ["*", 'W/"1"', "1", '"1","2"', '"-1"', '"99999999999999999999"', '"1e0"']),
    header(
      "content-type",
      ["application/json"],
      ["", "application/json; charset=utf-8", "text/plain", "application/x-www-form-urlencoded"],
    ),
    header("content-encoding", [""], ["gzip"]),
  )
  .map((all) => all.flat());

const anyMethod = fc.constantFrom("PUT", "POST", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH");

/** Requests to all endpoints, to those that change something twice as often. */
export const drawnRequest: fc.Arbitrary<DrawnRequest> = fc
  .constantFrom(...routes, ...routes.filter(({ changes }) => changes !== undefined))
  .chain((route) =>
    fc.record({
      method: mostly(fc.constant(route.method as string), anyMethod, 9),
      path: pathOf(route),
      query,
      headers,
      body: mostly(bodyOf(route), anyBody, 4),
      isUpToDate: fc.boolean(),
    }),
  );
