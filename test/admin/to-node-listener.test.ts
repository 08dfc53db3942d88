import { createServer, type RequestListener, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { describe, expect, it, onTestFinished } from "vitest";
import { toNodeListener } from "../../src/admin/index.ts";
import { setUpAdmin } from "./helpers.ts";

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a handler gets of a request. */
const echo = toNodeListener(async (request) =>
  Response.json({ method: request.method, url: request.url, host: request.headers.get("host"), text: await request.text() }),
);

describe("a listener", () => {
  it("hands over method, address, headers and body", async () => {
    const origin = await serve(echo);
    const response = await fetch(`${origin}/a%2Fb//c?d=1&d=2`, { method: "PUT", body: "x".repeat(100_000) });
    expect(await response.json()).toEqual({
      method: "PUT",
      url: `${origin}/a%2Fb//c?d=1&d=2`,
      host: origin.slice("http://".length),
      text: "x".repeat(100_000),
    });
    expect(response.headers.get("content-length")).not.toBeNull();
  });

  it("keeps cookies apart", async () => {
    const headers = new Headers([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
    const origin = await serve(toNodeListener(() => new Response(null, { status: 303, headers })));
    const response = await fetch(origin, { redirect: "manual" });
    expect([response.status, response.headers.getSetCookie()]).toEqual([303, ["a=1", "b=2"]]);
  });

  it("takes what a parser in front of it made of the body", async () => {
    const { handle } = setUpAdmin();
    const app = express();
    app.use(express.json(), express.text());
    app.use("/admin", toNodeListener(handle));
    const origin = await serve(app);
    const put = (body: string, type = "application/json") =>
      fetch(`${origin}/admin/models/qwen/qwen-image-edit/config`, {
        method: "PUT",
        headers: { authorization: "Bearer writer", "content-type": type, "if-match": '"0"' },
        body,
      });
    expect((await put("{}", "text/plain")).status).toBe(415);
    expect((await put('{"values":{},"__proto__":{}}')).status).toBe(400);
    expect((await put('{"values":{"output_quality":70}}')).status).toBe(200);
  });

  it.each([
    ["a host that is none", { host: "a b" }, "/"],
    ["an address that is none", {}, "http://["],
    ["a method that no web request has", {}, "/", "TRACE"],
  ])("answers %s with 400", async (_, headers, path, method = "GET") => {
    const { port } = new URL(await serve(echo));
    const status = await new Promise((resolve, reject) => {
      const sent = send({ host: "127.0.0.1", port, path, method, headers: { connection: "close", ...headers } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on("error", reject).end();
    });
    expect(status).toBe(400);
  });

  it("answers 500 where a handler throws, with nothing in it", async () => {
    const origin = await serve(toNodeListener(() => Promise.reject(new Error("secret"))));
    const response = await fetch(origin);
    expect([response.status, await response.text()]).toEqual([500, ""]);
  });
});
