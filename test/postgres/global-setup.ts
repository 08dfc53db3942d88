import type { TestProject } from "vitest/node";
import { startServer } from "./start-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of a server where databases can be made. */
    databaseUrl: string;
  }
}

/** One PostgreSQL server for the whole run: `DATABASE_URL`, else one of our own. */
export async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env.DATABASE_URL) {
    provide("databaseUrl", process.env.DATABASE_URL);
    return undefined;
  }
  const server = await startServer({ durable: false });
  provide("databaseUrl", server.connectionString);
  return server.stop;
}
