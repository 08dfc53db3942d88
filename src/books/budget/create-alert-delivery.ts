import type { Clock } from "../../basics/clock.ts";
import { tell } from "../../basics/tell.ts";
import { AlertUndeliveredError } from "../../errors/alert-undelivered-error.ts";
import { type BudgetAlert, toBudgetAlert } from "./budget-alert.ts";
import type { BudgetStore, NotedAlert, TakeAlertsOptions } from "./budget-store.ts";

/** Who is told of alerts. */
export interface AlertReceiver {
  /**
   * Gets each alert at least once, in the background. It is delivered once this resolves; else, and after half a minute without an end, it
   * is delivered again with one of the next reservations or by `deliverAlerts`; until one gets through, a reservation brings one at most.
   * What it throws changes nothing for a staging.
   */
  readonly onAlert?: ((alert: BudgetAlert) => unknown) | undefined;
  /** Gets what `onAlert` threw, and what the store said when a delivery could not be written down. */
  readonly onError?: ((error: unknown) => unknown) | undefined;
}

/** Brings alerts to their receiver. */
export interface AlertDelivery {
  /** What a reservation is to take along; `undefined`: nothing. */
  toTake(): TakeAlertsOptions | undefined;
  /** Delivers what was taken, in the background. */
  begin(alerts: readonly NotedAlert[]): void;
  /** Waits for what is under way, then delivers whatever nobody else is delivering. Never rejects. */
  deliverAll(): Promise<void>;
}

const timeLimitMs = 30_000;
// Longer than a delivery, so that no two processes deliver the same one unless the first has died.
const take = { leaseMs: 2 * timeLimitMs, limit: 10 };

/** Delivers the alerts of a store, each until it succeeded once. */
export function createAlertDelivery(store: BudgetStore, { onAlert, onError }: AlertReceiver, clock: Clock): AlertDelivery {
  const underWay = new Set<Promise<unknown>>();
  let isFailing = false;

  async function deliver(noted: NotedAlert): Promise<boolean> {
    let isDelivered = false;
    const done = new AbortController();
    const limit = clock.sleep(timeLimitMs, done.signal).then(() => {
      throw new AlertUndeliveredError(null);
    });
    try {
      await Promise.race([limit, Promise.resolve(toBudgetAlert(noted)).then(onAlert)]);
      isDelivered = true;
    } catch (error) {
      tell(onError, error);
    } finally {
      done.abort();
    }
    isFailing = !isDelivered;
    try {
      await store.endAlert(noted, isDelivered);
    } catch (error) {
      // It comes again once its lease is over.
      tell(onError, error);
    }
    return isDelivered;
  }

  function begin(alerts: readonly NotedAlert[]): readonly Promise<boolean>[] {
    return alerts.map((noted) => {
      const delivery = deliver(noted);
      underWay.add(delivery);
      delivery.finally(() => underWay.delete(delivery));
      return delivery;
    });
  }

  return {
    toTake() {
      if (onAlert === undefined) return undefined;
      if (!isFailing) return take;
      // A receiver that is down is not told all of it again with every staging: one alert shows whether it is back.
      return underWay.size === 0 ? { ...take, limit: 1 } : undefined;
    },
    begin,
    async deliverAll() {
      await Promise.all(underWay);
      if (onAlert === undefined) return;
      try {
        // One that failed was let go, and would come again at once.
        for (let isWorking = true; isWorking; ) {
          const results = await Promise.all(begin(await store.takeAlerts(take)));
          isWorking = results.length === take.limit && results.every(Boolean);
        }
      } catch (error) {
        tell(onError, error);
      }
    },
  };
}
