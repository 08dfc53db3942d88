import { type Clock, systemClock } from "../../basics/clock.ts";
import { ReservationNotFoundError } from "../../errors/reservation-not-found-error.ts";
import { ReservationSettledError } from "../../errors/reservation-settled-error.ts";
import type { AlertKey, BudgetCounter, BudgetStore, NotedAlert, Reservation, ReservationLine, TakeAlertsOptions } from "./budget-store.ts";
import { checkBudgetCall } from "./check-budget-call.ts";
import { hasReached } from "./has-reached.ts";

interface Count {
  spentMicroUsd: number;
  reservedMicroUsd: number;
  line: ReservationLine;
}

interface Held extends Reservation {
  readonly reservedAt: number;
  settledMicroUsd: number | null;
}

interface KeptAlert {
  readonly alert: NotedAlert;
  leasedUntil: number;
  isDelivered: boolean;
}

const neverTaken = Number.MIN_SAFE_INTEGER;
const toKey = ({ budgetId, period }: BudgetCounter) => JSON.stringify([budgetId, period]);
const toAlertKey = (key: AlertKey) => JSON.stringify([key.budgetId, key.period, key.percent]);

/**
 * Counts in the memory of this process, and ends with it: for tests, demos and single processes. Other processes do not see it.
 *
 * @example
 * ```ts
 * import { memoryConfigStore } from "restage";
 * import { createBudgets, memoryBudgetStore } from "restage/books";
 *
 * const budgets = createBudgets({ store: memoryBudgetStore(), configStore: memoryConfigStore() });
 * ```
 */
export function memoryBudgetStore({ clock = systemClock }: { readonly clock?: Pick<Clock, "now"> | undefined } = {}): BudgetStore {
  const counts = new Map<string, Count>();
  const reservations = new Map<string, Held>();
  /** The ids of those not settled, in the order of reserving. */
  const open = new Set<string>();
  const alerts = new Map<string, KeptAlert>();

  const find = (counter: BudgetCounter) => counts.get(toKey(counter));
  const toCommitted = (counter: BudgetCounter) => {
    const { spentMicroUsd, reservedMicroUsd } = find(counter) ?? { spentMicroUsd: 0, reservedMicroUsd: 0 };
    return spentMicroUsd + reservedMicroUsd;
  };

  function note({ spentMicroUsd, reservedMicroUsd, line }: Count): void {
    const { budgetId, period, limitMicroUsd } = line;
    const crossedAt = new Date(clock.now()).toISOString();
    for (const percent of line.alertPercents) {
      const alert = { budgetId, period, percent, limitMicroUsd, spentMicroUsd, reservedMicroUsd, crossedAt };
      if (alerts.has(toAlertKey(alert)) || !hasReached(percent, limitMicroUsd, spentMicroUsd + reservedMicroUsd)) continue;
      alerts.set(toAlertKey(alert), { alert, leasedUntil: neverTaken, isDelivered: false });
    }
  }

  function take({ leaseMs, limit }: TakeAlertsOptions): readonly NotedAlert[] {
    const now = clock.now();
    const free = [...alerts.values()].filter(({ isDelivered, leasedUntil }) => !isDelivered && leasedUntil <= now);
    // In turns: what fails time and again keeps nothing else from its delivery.
    const taken = free.sort((one, other) => one.leasedUntil - other.leasedUntil).slice(0, limit);
    for (const kept of taken) kept.leasedUntil = now + leaseMs;
    return taken.map(({ alert }) => ({ ...alert }));
  }

  function write(reservation: Reservation): void {
    const { runId, microUsd } = reservation;
    reservations.set(runId, { ...reservation, reservedAt: clock.now(), settledMicroUsd: null });
    open.add(runId);
    for (const line of reservation.lines) {
      const { spentMicroUsd = 0, reservedMicroUsd = 0 } = find(line) ?? {};
      const count = { spentMicroUsd, reservedMicroUsd: reservedMicroUsd + (microUsd ?? 0), line };
      counts.set(toKey(line), count);
      note(count);
    }
  }

  return {
    async reserve(asked, takeAlerts) {
      const reservation = checkBudgetCall("reserve", asked);
      const taken = takeAlerts && checkBudgetCall("takeAlerts", takeAlerts);
      const lines = [...reservation.lines].sort(byCounter);
      const known = reservations.get(reservation.runId);
      if (known?.settledMicroUsd === null) return { outcome: "known", alerts: [] };
      if (known?.settledMicroUsd) throw new ReservationSettledError(reservation.runId, known.settledMicroUsd);
      const refusedBy = lines.find((line) => !hasRoom(line, toCommitted(line), reservation.microUsd));
      if (refusedBy === undefined) write({ ...reservation, lines });
      const end = { alerts: taken ? take(taken) : [] };
      if (refusedBy === undefined) return { outcome: "reserved", ...end };
      const { budgetId, period } = refusedBy;
      return { outcome: "refused", refusedBy: { budgetId, period }, committedMicroUsd: toCommitted(refusedBy), ...end };
    },
    async settle(runId, microUsd, takeAlerts) {
      checkBudgetCall("settle", { runId, microUsd });
      const taken = takeAlerts && checkBudgetCall("takeAlerts", takeAlerts);
      const held = reservations.get(runId);
      if (held === undefined) throw new ReservationNotFoundError(runId);
      const reserved = held.microUsd ?? 0;
      const amount = microUsd ?? reserved;
      if (held.settledMicroUsd !== null && held.settledMicroUsd !== amount) {
        throw new ReservationSettledError(runId, held.settledMicroUsd);
      }
      if (held.settledMicroUsd === null) {
        held.settledMicroUsd = amount;
        open.delete(runId);
        for (const line of held.lines) {
          const count = find(line) as Count;
          count.reservedMicroUsd -= reserved;
          count.spentMicroUsd += amount;
          note(count);
        }
      }
      return taken ? take(taken) : [];
    },
    async open(options) {
      const { olderThanMs, limit } = checkBudgetCall("open", options);
      const before = clock.now() - olderThanMs;
      return [...open].filter((runId) => (reservations.get(runId) as Held).reservedAt <= before).slice(0, limit);
    },
    async usage(counters) {
      return counters.map(({ budgetId, period }) => {
        const { spentMicroUsd = 0, reservedMicroUsd = 0 } = find({ budgetId, period }) ?? {};
        const own = [...alerts.values()].filter(({ alert }) => alert.budgetId === budgetId && alert.period === period);
        const alertedPercents = own.map(({ alert }) => alert.percent).sort((a, b) => a - b);
        return { budgetId, period, spentMicroUsd, reservedMicroUsd, alertedPercents };
      });
    },
    async takeAlerts(options) {
      return take(checkBudgetCall("takeAlerts", options));
    },
    async endAlert(key, isDelivered) {
      const kept = alerts.get(toAlertKey(key));
      if (kept) Object.assign(kept, { leasedUntil: clock.now(), isDelivered: kept.isDelivered || isDelivered });
    },
  };
}

function hasRoom({ isHard, limitMicroUsd }: ReservationLine, committed: number, microUsd: number | null): boolean {
  if (!isHard || microUsd === 0) return true;
  return microUsd === null ? committed < limitMicroUsd : committed + microUsd <= limitMicroUsd;
}

function byCounter(one: BudgetCounter, other: BudgetCounter): number {
  return compare(one.budgetId, other.budgetId) || compare(one.period, other.period);
}

// By code units: ids and periods are plain ASCII, for which that is PostgreSQL's "C".
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
