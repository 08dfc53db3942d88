import { tell } from "../../basics/tell.ts";
import type { SqlListener } from "./sql.ts";

/** What is needed of a client of the package pg that is not connected yet. */
interface PgListeningClient {
  connect(): Promise<unknown>;
  query(text: string): Promise<unknown>;
  end(): Promise<unknown>;
  /** Absent where pg runs on libpq. */
  readonly connection?: { readonly stream: { destroy(): unknown } };
  on(event: string, listener: (value: { readonly channel: string; readonly payload?: string }) => void): unknown;
}

const [firstPauseMs, longestPauseMs] = [100, 10_000];

/**
 * Listens through a client that is made as the pool's are, beside them: a pool of one connection would have none left for work.
 * A lost connection is made again, at growing intervals, until listening is ended.
 */
export async function listenOutsidePool(pool: object, channel: string, listener: SqlListener): Promise<() => Promise<void>> {
  const { Client, options } = pool as { readonly Client: new (options: object) => PgListeningClient; readonly options: object };
  // Routers forget a connection where nothing is said for minutes. By descriptor, because the pool hides its password from a copy.
  const defaults = { keepAlive: true, keepAliveInitialDelayMillis: 30_000, connectionTimeoutMillis: 10_000, query_timeout: 10_000 };
  const listening = Object.defineProperties(defaults, Object.getOwnPropertyDescriptors(options));
  let client: PgListeningClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isEnded = false;

  const connect = async (): Promise<void> => {
    const mine = new Client(listening);
    client = mine;
    let isListening = false;
    mine.on("notification", (message) => {
      if (message.channel === channel) listener.onNotification(message.payload ?? "");
    });
    // It ends then, too.
    mine.on("error", () => undefined);
    mine.on("end", () => {
      if (isListening) reconnect(firstPauseMs);
    });
    try {
      await mine.connect();
      await mine.query(`listen "${channel}"`);
      isListening = true;
    } catch (error) {
      await end(mine).catch(() => undefined);
      throw error;
    }
    if (isEnded) await end(mine);
  };

  const reconnect = (pauseMs: number): void => {
    if (isEnded) return;
    const again = () => reconnect(Math.min(pauseMs * 2, longestPauseMs));
    const back = () => isEnded || tell(() => listener.onReconnect(), undefined);
    timer = setTimeout(() => connect().then(back, again), pauseMs).unref();
  };

  await connect();
  return async () => {
    isEnded = true;
    clearTimeout(timer);
    if (client) await end(client);
  };
}

/** Ends a client without waiting for the goodbye of a server that may be silent. */
function end(client: PgListeningClient): Promise<unknown> {
  const ended = client.end();
  client.connection?.stream.destroy();
  return ended;
}
