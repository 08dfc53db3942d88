import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createPrediction } from "../../src/replicate/create.ts";
import { countOf, createRequest, findClosedPort, httpTo, httpToSimulator, startReplicate, startServer, startTcp } from "./helpers.ts";

describe("a create that cannot have left", () => {
  it("when the connection is refused", async () => {
    const outcome = await createPrediction(httpTo(`http://127.0.0.1:${await findClosedPort()}/v1`), createRequest);
    expect(outcome).toMatchObject({ kind: "not_sent", error: { code: "connection", billed: "no", retryable: true } });
  });

  it("when the name is not known", async () => {
    const outcome = await createPrediction(httpTo("https://replicate.invalid/v1"), createRequest);
    expect(outcome).toMatchObject({ kind: "not_sent", error: { code: "connection", billed: "no", retryable: true } });
  });

  it("when the other side speaks no TLS", async () => {
    const tcp = await startTcp((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
    const outcome = await createPrediction(httpTo(`https://127.0.0.1:${tcp.port}/v1`), createRequest);
    expect(tcp.received()).not.toContain("r8_test_token");
    expect(["not_sent", "unknown"]).toContain(outcome.kind);
  });

  it.each(["r8_with\na_line_break", "r8_with_ünicode_✨", "r8_with\0zero"])(
    "when the token cannot stand in a header: %j",
    async (token) => {
      const server = await startServer((_, outgoing) => outgoing.end("{}"));
      const error = await createPrediction(httpTo(server.url, { token }), createRequest).then(
        (outcome) => ("error" in outcome ? outcome.error : outcome),
        (reason) => reason,
      );
      expect(server.asked).toHaveLength(0);
      expect(error).toMatchObject({ billed: "no" });
      expect(JSON.stringify([error.message, error.stack, error])).not.toContain("r8_with");
      expect(error.cause).toBeUndefined();
    },
  );

  it("takes a token with a line break at its end, as files have it", async () => {
    const simulator = await startReplicate();
    const outcome = await createPrediction(httpToSimulator(simulator, { token: `${simulator.token}\n` }), createRequest);
    expect(outcome.kind).toBe("accepted");
  });
});

describe("a create that may have arrived", () => {
  it("when the connection closes without an answer", async () => {
    const tcp = await startTcp((socket) => socket.once("data", () => socket.end()));
    const outcome = await createPrediction(httpTo(tcp.url), createRequest);
    expect(outcome.kind).toBe("unknown");
    expect(tcp.received().match(/POST \/v1/g)).toHaveLength(1);
  });

  it("when the connection is reset as soon as it stands", async () => {
    const tcp = await startTcp((socket) => socket.resetAndDestroy());
    const { kind } = await createPrediction(httpTo(tcp.url), createRequest);
    // Where the reset comes before the connection stands, it is certain that nothing left.
    expect(kind).toBe(tcp.received() === "" && kind === "not_sent" ? "not_sent" : "unknown");
    expect(tcp.connections()).toBe(1);
  });

  it.each([
    ["half a status line", "HTTP/1.1 2"],
    ["headers only", "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n"],
    ["less than its content-length", 'HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{"id":"abc","status":"starting"}'],
    ["an open chunk", 'HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n20\r\n{"id":"abc"'],
    ["something that is no HTTP", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["421 that closes", "HTTP/1.1 421 Misdirected Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"],
    ["401 that asks for another login", "HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic\r\ncontent-length: 0\r\n\r\n"],
  ])("when the answer is %s", async (_, answer) => {
    const tcp = await startTcp((socket) => socket.once("data", () => setImmediate(() => socket.end(answer))));
    const outcome = await createPrediction(httpTo(tcp.url), createRequest);
    expect(outcome.kind).toBe("unknown");
    expect(tcp.received().match(/POST \/v1/g)).toHaveLength(1);
  });

  it("when a kept connection breaks under it", async () => {
    const tcp = await startTcp((socket) => {
      socket.on("data", (data) => {
        const text = data.toString("latin1");
        if (text.startsWith("GET")) socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\n{}");
        if (text.startsWith("POST")) socket.resetAndDestroy();
      });
    });
    const http = httpTo(tcp.url);
    await http.send({ method: "GET", path: "account", mayRepeat: true });
    expect((await createPrediction(http, createRequest)).kind).toBe("unknown");
    expect(tcp.received().match(/POST \/v1/g)).toHaveLength(1);
  });

  it("when the time runs out, also while garbage is collected", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const simulator = await startReplicate();
    simulator.faults.add({ on: "create", kind: "hang" });
    const timer = setInterval(collectGarbage, 5);
    const outcome = await createPrediction(httpToSimulator(simulator, { requestTimeoutMs: 200 }), createRequest);
    clearInterval(timer);
    expect(outcome).toMatchObject({ kind: "unknown", reason: "no answer in time" });
    expect(countOf(simulator, "create")).toBeLessThanOrEqual(1);
  });
});

describe("what a failed connection says about a create", () => {
  const failing = (cause: object) =>
    createPrediction(
      httpTo("http://127.0.0.1:1/v1", {
        fetch: async () => {
          throw new TypeError("fetch failed", { cause: Object.assign(new Error("broken"), cause) });
        },
      }),
      createRequest,
    );

  it.each([
    ["not_sent", { code: "ECONNREFUSED", syscall: "connect" }],
    ["not_sent", { code: "ENOTFOUND", syscall: "getaddrinfo" }],
    ["not_sent", { code: "EAI_AGAIN", syscall: "getaddrinfo" }],
    ["not_sent", { code: "EHOSTUNREACH", syscall: "connect" }],
    ["not_sent", { code: "ENETUNREACH", syscall: "connect" }],
    ["not_sent", { code: "ETIMEDOUT", syscall: "connect" }],
    ["not_sent", { code: "UND_ERR_CONNECT_TIMEOUT" }],
    ["not_sent", { code: "CERT_HAS_EXPIRED" }],
    ["not_sent", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }],
    ["not_sent", { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }],
    ["unknown", { code: "ECONNRESET", syscall: "read" }],
    ["unknown", { code: "EPIPE", syscall: "write" }],
    ["unknown", { code: "UND_ERR_SOCKET" }],
    ["unknown", { code: "UND_ERR_HEADERS_TIMEOUT" }],
    ["unknown", { code: "UND_ERR_BODY_TIMEOUT" }],
    // An established connection can lose its route after the request has left.
    ["unknown", { code: "EHOSTUNREACH", syscall: "read" }],
    ["unknown", { code: "ENETUNREACH", syscall: "read" }],
    ["unknown", { code: "ETIMEDOUT", syscall: "read" }],
    ["unknown", {}],
  ])("%s: %j", async (kind, cause) => {
    expect((await failing(cause)).kind).toBe(kind);
  });
});
