import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { FaultTarget } from "../src/testing/simulator/fault.ts";
import { readHttpRequests, type WireRequest } from "./read-http-requests.ts";

/** What becomes of a request on its way. */
export type ProxyFault =
  /** The client's connection is reset: nothing went upstream, half of the body did, or all of it and the answer is swallowed. */
  | { readonly how: "reset"; readonly when: "before_upstream" | "half_sent" | "answered" }
  /** The client's connection is closed in good order, and the answer is swallowed. */
  | { readonly how: "close"; readonly when: "answered" }
  /** Silence: nothing went upstream, or all of it, or the answer's headers came back, too. */
  | { readonly how: "stall"; readonly when: "before_upstream" | "answered" | "headers" }
  /** The client's connection is reset; the request arrives upstream later. */
  | { readonly how: "late"; readonly delayMs: number };

/** Which requests a fault strikes: each with this chance, so many times at most. */
export interface ProxyRule {
  readonly on: FaultTarget;
  readonly fault: ProxyFault;
  readonly chance?: number;
  readonly times?: number;
}

/** A TCP proxy on the loopback address in which connections break. It knows just enough HTTP to tell requests apart. */
export interface FaultProxy {
  /** Such as `http://127.0.0.1:40001`. */
  readonly origin: string;
  /** How often each fault struck, such as `create reset`. */
  readonly struck: ReadonlyMap<string, number>;
  add(rule: ProxyRule): void;
  /** Takes no more connections, and ends those at rest: the next request is refused. */
  refuse(): Promise<void>;
  /** Takes connections again. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a proxy in front of a server on the loopback address. */
export async function createProxy(upstreamOrigin: string, random: () => number = Math.random): Promise<FaultProxy> {
  const upstreamPort = Number(new URL(upstreamOrigin).port);
  const rules: { readonly rule: ProxyRule; left: number }[] = [];
  const sockets = new Map<Socket, { isResting: boolean }>();
  const struck = new Map<string, number>();
  let isRefusing = false;

  const take = (target: FaultTarget | undefined): ProxyFault | undefined => {
    const hit = rules.find(({ rule, left }) => left > 0 && rule.on === target && random() < (rule.chance ?? 1));
    if (hit === undefined) return undefined;
    hit.left -= 1;
    const label = toLabel(hit.rule);
    struck.set(label, (struck.get(label) ?? 0) + 1);
    return hit.rule.fault;
  };
  const connectUpstream = (): Socket => {
    const upstream = connect(upstreamPort, "127.0.0.1").setNoDelay();
    upstream.on("error", () => upstream.destroy());
    return upstream;
  };

  const server = createServer({ allowHalfOpen: false }, (client) => {
    const state = { isResting: true };
    sockets.set(client.setNoDelay(), state);
    const read = readHttpRequests();
    const upstream = connectUpstream();
    // What is done with the answer of the request under way.
    let toClient = (chunk: Buffer): unknown => client.write(chunk);
    upstream.on("data", (chunk: Buffer) => {
      toClient(chunk);
      state.isResting = true;
      if (isRefusing) client.end();
    });
    upstream.on("close", () => client.destroy());
    client.on("error", () => client.destroy());
    client.on("close", () => {
      sockets.delete(client);
      upstream.destroy();
    });
    client.on("data", (chunk: Buffer) => {
      state.isResting = false;
      const request = read(chunk);
      if (request === undefined) return;
      const fault = take(request.target);
      if (fault === undefined) send(upstream, request);
      else toClient = befall(fault, request, client, upstream) ?? toClient;
    });
  });

  function befall(fault: ProxyFault, request: WireRequest, client: Socket, upstream: Socket): ((chunk: Buffer) => unknown) | undefined {
    if (fault.how === "late") {
      client.resetAndDestroy();
      setTimeout(() => send(connectUpstream().resume(), request), fault.delayMs);
      return undefined;
    }
    if (fault.when === "before_upstream") {
      if (fault.how === "reset") client.resetAndDestroy();
      return undefined;
    }
    if (fault.when === "half_sent") {
      upstream.write(Buffer.concat([request.head, request.body.subarray(0, request.body.length / 2)]), () => client.resetAndDestroy());
      return undefined;
    }
    send(upstream, request);
    if (fault.how === "reset") return () => client.resetAndDestroy();
    if (fault.how === "close") return () => client.end();
    return fault.when === "headers" ? toHeadersOnly(client) : () => undefined;
  }

  const listen = async (port = 0): Promise<void> => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen();
  const { port } = server.address() as AddressInfo;
  const stopListening = () => new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
  return {
    origin: `http://127.0.0.1:${port}`,
    struck,
    add: (rule) => {
      rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
    },
    async refuse() {
      isRefusing = true;
      for (const [socket, { isResting }] of sockets) if (isResting) socket.end();
      // Not waited for: connections under way come to their end first.
      if (server.listening) server.close();
    },
    async listen() {
      isRefusing = false;
      if (!server.listening) await listen(port);
    },
    async close() {
      const isClosed = stopListening();
      for (const socket of sockets.keys()) socket.destroy();
      await isClosed;
    },
  };
}

/** By which its strikes are counted. */
export function toLabel({ on, fault }: Pick<ProxyRule, "on" | "fault">): string {
  return `${on} ${fault.how}`;
}

function send(upstream: Socket, { head, body }: WireRequest): void {
  upstream.write(Buffer.concat([head, body]));
}

function toHeadersOnly(client: Socket): (chunk: Buffer) => unknown {
  let seen = Buffer.alloc(0);
  let isOver = false;
  return (chunk) => {
    if (isOver) return;
    seen = Buffer.concat([seen, chunk]);
    const end = seen.indexOf("\r\n\r\n");
    isOver = end >= 0;
    if (isOver) client.write(seen.subarray(0, end + 4));
  };
}
