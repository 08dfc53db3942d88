import type { FaultTarget } from "../src/testing/simulator/fault.ts";

/** One request as it came over a connection. */
export interface WireRequest {
  readonly target: FaultTarget | undefined;
  /** Request line and headers. */
  readonly head: Buffer;
  /** As it was framed. */
  readonly body: Buffer;
}

const targets: readonly (readonly [FaultTarget, RegExp])[] = [
  ["create", /^POST \/v1\/(models\/[^/]+\/[^/]+\/)?predictions /],
  ["cancel", /^POST \/v1\/predictions\/[^/]+\/cancel /],
  ["list", /^GET \/v1\/predictions(\?\S*)? /],
  ["get", /^GET \/v1\/predictions\/[^/]+ /],
  ["upload", /^POST \/v1\/files /],
];

/** Takes the bytes of a connection, and gives each request once it is whole. No body may be pipelined after another, as no client does. */
export function readHttpRequests(): (chunk: Buffer) => WireRequest | undefined {
  let bytes = Buffer.alloc(0);
  return (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf("\r\n\r\n") + 4;
    if (end < 4 || !isWhole(bytes, end)) return undefined;
    const request = { target: toTarget(bytes), head: bytes.subarray(0, end), body: bytes.subarray(end) };
    bytes = Buffer.alloc(0);
    return request;
  };
}

function isWhole(bytes: Buffer, end: number): boolean {
  const head = bytes.toString("latin1", 0, end);
  if (/\r\ntransfer-encoding: *chunked\r\n/i.test(head)) return bytes.subarray(-5).equals(Buffer.from("0\r\n\r\n"));
  return bytes.length - end >= Number(/\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1] ?? 0);
}

function toTarget(bytes: Buffer): FaultTarget | undefined {
  const line = bytes.toString("latin1", 0, 300);
  return targets.find(([, pattern]) => pattern.test(line))?.[0];
}
