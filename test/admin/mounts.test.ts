import { expect, it } from "vitest";
import { runExample } from "../examples/run-example.ts";

it("is mounted by a line in Hono, Express, Fastify, Node and Next, over HTTP, all alike", { timeout: 60_000 }, async () => {
  const results = JSON.parse(await runExample("admin-mounts.ts"));
  const { node } = results;
  expect(node).toMatchInlineSnapshot(`
    {
      "a change": "200 application/json",
      "a config": "200 application/json",
      "a deletion without a body": "200 application/json",
      "a head": "200 application/json",
      "a preflight": "204 null",
      "a reset": "200 application/json",
      "a stale one": "412 version_conflict",
      "a trial": "200 application/json",
      "an escaped id": "200 application/json",
      "broken JSON": "400 malformed_json",
      "nobody": "401 unauthenticated",
      "nothing": "404 not_found",
      "one by a reader": "403 forbidden",
      "one from elsewhere": "403 foreign_origin",
      "one of 10 MB": "413 too_large",
      "the page": "200 text/html; charset=utf-8",
      "the page with a slash": "200 text/html; charset=utf-8",
    }
  `);
  const plain = (answers: Readonly<Record<string, string>>) => ({ ...answers, "a preflight": answers["a preflight"]?.slice(0, 3) });
  for (const name of ["hono", "express", "fastify", "next"]) expect(plain(results[name]), name).toEqual(plain(node));
});
