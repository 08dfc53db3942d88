import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AdminHandlerOptions } from "../admin/admin-handler-options.ts";
import { createAdminHandler } from "../admin/create-admin-handler.ts";
import { toNodeListener } from "../admin/to-node-listener.ts";
import type { BuiltInModel } from "../models/registry.ts";
import type { Author } from "../settings/config-store.ts";
import { UsageError } from "./usage-error.ts";

/** A served admin page. */
export interface ServedAdmin {
  /** With a token behind `#`, which no server and no log gets to see. */
  readonly address: string;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/** What is served, who changes it, and where; port 0 is any free one. */
export interface ServeAdminOptions extends Omit<AdminHandlerOptions<BuiltInModel>, "authorize" | "basePath"> {
  readonly author: Author;
  readonly port: number;
}

/**
 * Serves the admin page on the loopback address, to whoever knows a token that is new every time: others on this machine reach the port, too.
 * @throws {UsageError} when the port is taken.
 */
export async function serveAdmin({ author, port, ...options }: ServeAdminOptions): Promise<ServedAdmin> {
  const token = randomBytes(32).toString("base64url");
  const expected = hash(`Bearer ${token}`);
  const authorize = ({ headers }: Request) => (timingSafeEqual(hash(headers.get("authorization") ?? ""), expected) ? { author } : null);
  const server = createServer(toNodeListener(createAdminHandler({ ...options, authorize })));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE" || error.code === "EACCES";
      reject(isTaken ? new UsageError(`Port ${port} cannot be used (${error.code}); leave --port out for any free one`) : error);
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${actualPort}/admin/#token=${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// Of one length, as the comparison wants them.
function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
