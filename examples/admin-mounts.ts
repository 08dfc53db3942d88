// Serves admin-hono.ts, -express, -fastify, -node and -next, asks each the same over HTTP, and prints what they answered, as JSON.
//
//   npx tsx --tsconfig examples/tsconfig.json examples/admin-mounts.ts
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { toNodeListener } from "restage/admin";
import { app as express } from "./admin-express.ts";
import { app as fastify } from "./admin-fastify.ts";
import { app as hono } from "./admin-hono.ts";
import * as next from "./admin-next.ts";
import { server as node } from "./admin-node.ts";

const config = "models/qwen/qwen-image-edit/config";

/** A server on a free port of the loopback address. */
function listen(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const routeHandlers = new Map(Object.entries(next));

// As Next does it: the function of the method gets the request, and HEAD is made of GET.
function callNext(request: Request): Promise<Response> {
  const call = routeHandlers.get(request.method === "HEAD" ? "GET" : request.method);
  return call === undefined ? Promise.resolve(new Response(null, { status: 405 })) : call(request);
}

const starts: Readonly<Record<string, () => Promise<Server>>> = {
  hono: () => new Promise((resolve) => resolve(serve({ fetch: hono.fetch, port: 0, hostname: "127.0.0.1" }) as Server)),
  express: () => listen(createServer(express)),
  fastify: async () => {
    await fastify.listen({ port: 0, host: "127.0.0.1" });
    return fastify.server;
  },
  node: () => listen(node),
  next: () => listen(createServer(toNodeListener(callNext))),
};

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function askAll(origin: string): Promise<Readonly<Record<string, unknown>>> {
  const answers: Record<string, unknown> = {};
  const ask = async (name: string, path: string, { headers, ...asked }: Asked = {}) => {
    const response = await fetch(`${origin}${path}`, { headers: { authorization: "Bearer ada-token", ...headers }, ...asked });
    const text = await response.text();
    const { code = null, version = null } = text.startsWith("{") ? JSON.parse(text) : {};
    answers[name] = `${response.status} ${code ?? response.headers.get("content-type")}`;
    return version;
  };
  const put = (version: number, more: Asked = {}): Asked => ({
    method: "PUT",
    body: '{"values":{"output_quality":70}}',
    ...more,
    headers: { "content-type": "application/json", "if-match": `"${version}"`, ...more.headers },
  });
  const version = await ask("a config", `/admin/${config}`);
  await ask("an escaped id", "/admin/models/qwen%2Fqwen-image-edit/config?");
  await ask("a trial", `/admin/${config}?dry-run`, put(version ?? 0));
  const changed = await ask("a change", `/admin/${config}`, put(version ?? 0));
  await ask("a stale one", `/admin/${config}`, put(99));
  await ask("one by a reader", `/admin/${config}`, put(1, { headers: { authorization: "Bearer bob-token" } }));
  await ask("one from elsewhere", `/admin/${config}`, put(1, { headers: { origin: "https://evil.example" } }));
  await ask("one of 10 MB", `/admin/${config}`, put(1, { body: JSON.stringify({ note: "x".repeat(10_000_000) }) }));
  await ask("broken JSON", `/admin/${config}`, put(1, { body: '{"values":' }));
  await ask("a reset", `/admin/${config}/reset`, put(changed, { method: "POST", body: "{}" }));
  await ask("a deletion without a body", "/admin/pause", { method: "DELETE", headers: { "if-match": '"0"' } });
  await ask("nobody", "/admin/models", { headers: { authorization: "" } });
  await ask("a head", "/admin/models", { method: "HEAD" });
  await ask("a preflight", "/admin/models", { method: "OPTIONS" });
  await ask("nothing", "/admin/none");
  await ask("the page", "/admin");
  await ask("the page with a slash", "/admin/");
  return answers;
}

// They share one handler: each leaves the settings as they were, but for their versions.
const results: Record<string, unknown> = {};
for (const [name, start] of Object.entries(starts)) {
  const server = await start();
  if (server.address() === null) await new Promise((resolve) => server.once("listening", resolve));
  results[name] = await askAll(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.close();
  server.closeAllConnections();
}
console.log(JSON.stringify(results));
