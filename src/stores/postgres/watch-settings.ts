import { randomUUID } from "node:crypto";
import { isObject } from "../../basics/is-object.ts";
import { once } from "../../basics/once.ts";
import { parseJson } from "../../basics/parse-json.ts";
import { tell } from "../../basics/tell.ts";
import { ListenUnavailableError } from "../../errors/listen-unavailable-error.ts";
import type { ConfigChange } from "../../settings/config-store.ts";
import { runStatement } from "./run-statement.ts";
import type { Sql } from "./sql.ts";
import { toDatabaseError } from "./to-database-error.ts";

/**
 * Tells of every change that the channel tells of, once a notification of our own has come through it.
 * @throws {ListenUnavailableError} when none does in time, connecting included.
 */
export async function watchSettings(
  sql: Required<Sql>,
  options: { readonly channel: string; readonly patienceMs: number },
  listener: (change: ConfigChange) => void,
): Promise<() => Promise<void>> {
  const { channel, patienceMs } = options;
  const proof = randomUUID();
  let prove = (): void => undefined;
  const proven = new Promise<void>((resolve) => {
    prove = resolve;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = () =>
    new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new ListenUnavailableError()), patienceMs);
    });

  let isOver = false;
  const pass = (change: ConfigChange) => isOver || tell(listener, change);
  const listening = once(async () =>
    sql.listen(channel, {
      onNotification(payload) {
        const told = parseJson(payload);
        if (told === proof) prove();
        else if (isChange(told)) pass({ key: told.key, version: told.version });
      },
      onReconnect: () => pass({ key: null, version: null }),
    }),
  );
  const stop = once(async () => {
    isOver = true;
    const unlisten = await listening();
    await unlisten();
  });
  const begin = async () => {
    await listening();
    await runStatement(sql, "select pg_notify($1::text, $2::text)::text", [channel, JSON.stringify(proof)]);
    await proven;
  };

  try {
    await Promise.race([late(), begin()]);
    return stop;
  } catch (error) {
    // Not waited for: a host that stays silent may answer late, or never.
    stop().catch(() => undefined);
    throw toDatabaseError(error);
  } finally {
    clearTimeout(timer);
  }
}

function isChange(value: unknown): value is { readonly key: string; readonly version: number } {
  return isObject(value) && typeof value.key === "string" && typeof value.version === "number";
}
