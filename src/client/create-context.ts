import { systemClock } from "../basics/clock.ts";
import { isSafeUrl } from "../basics/is-safe-url.ts";
import { tell } from "../basics/tell.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import { createLimiter } from "../replicate/create-limiter.ts";
import { createHttp } from "../replicate/http.ts";
import { listPredictions } from "../replicate/list-predictions.ts";
import { memoryRunStore } from "../stores/memory/memory-run-store.ts";
import type { ClientContext } from "./client-context.ts";
import { type ClientEvent, ofRun } from "./client-event.ts";
import { createLeases } from "./create-leases.ts";
import { createRecent } from "./create-recent.ts";
import { shareListings } from "./share-listings.ts";
import type { StagingClientOptions } from "./staging-client-options.ts";
import { createUsualDurations } from "./usual-durations.ts";

/**
 * Fills in the defaults of a client's options.
 * @throws {InvalidRequestError} for durations that are none, and for addresses over which a token or a photo must not travel.
 */
export function createContext(options: StagingClientOptions, registry: Registry<AnyModel>): ClientContext {
  const {
    token = readEnvironment("REPLICATE_API_TOKEN"),
    baseUrl = "https://api.replicate.com/v1",
    fetch = globalThis.fetch,
    requestTimeoutMs = 60_000,
    retryDelayMs = 500,
    clock = systemClock,
    webhook,
    cancelAfterMs = 600_000,
    waitTimeoutMs = 900_000,
    maximumImageBytes = 100_000_000,
    maximumImagePixels = 100_000_000,
    settleMs = 20_000,
    leaseMs = requestTimeoutMs + settleMs + 30_000,
    onUnknown = "resend-if-absent",
    maximumRunMicroUsd = Number.MAX_SAFE_INTEGER,
    perceptualHash,
    keepPrompts = false,
    budgets: spending,
  } = options;
  checkWait({ waitTimeoutMs, retryDelayMs, settleMs });
  // Node takes a longer timer than 2^31 - 1 ms for one of 1 ms.
  const isSize = (value: unknown) => typeof value === "number" && value > 0 && value < 2 ** 31;
  const isAddress = (value: unknown) => typeof value === "string" && isSafeUrl(value);
  const sizes = { requestTimeoutMs, cancelAfterMs, maximumImageBytes, maximumImagePixels };
  checkOptions(sizes, isSize, "must be a number above 0 and below 2147483648");
  checkOptions({ baseUrl, "webhook.url": webhook ? webhook.url : baseUrl }, isAddress, "must be https (or http on the loopback address)");
  checkOptions({ baseUrl }, (value) => !/[?#@]/.test(String(value)), "must hold no user name, query or fragment");
  checkOptions(
    { leaseMs },
    (value) => typeof value === "number" && value >= 1.1 * (requestTimeoutMs + settleMs) && value <= 365 * 86_400_000,
    "must be at least 1.1 times requestTimeoutMs and settleMs together, and at most a year",
  );
  checkOptions({ onUnknown }, (value) => value === "stop" || value === "resend-if-absent", 'must be "resend-if-absent" or "stop"');
  const sink = typeof options.sink === "function" ? { put: options.sink } : options.sink;
  checkOptions({ sink }, () => sink === undefined || typeof sink?.put === "function", "must have a function put, or be one");
  checkCounts({ maximumRunMicroUsd });
  checkOptions({ perceptualHash }, (value) => value === undefined || typeof value === "function", "must be a function");
  checkOptions(
    { budgets: spending },
    () => spending === undefined || typeof spending?.reserve === "function",
    "must be made by createBudgets",
  );
  const disclosure = options.disclosure === false ? undefined : { label: true, ...options.disclosure };
  checkOptions({ "disclosure.statement": disclosure?.statement }, isStatement, "must be a text of 1 to 1,000 characters");
  const limiter = options.limiter || createLimiter({ clock, ...(options.limiter === false && unlimited) });
  const http = createHttp({ token, baseUrl, fetch, requestTimeoutMs, retryDelayMs, limiter, clock });
  const runStore = options.runStore ?? memoryRunStore({ clock: () => clock.now() });
  return {
    http,
    limiter,
    list: shareListings((window) => listPredictions(http, window)),
    recent: createRecent(),
    leases: createLeases(runStore, clock, leaseMs),
    durations: createUsualDurations(),
    waiting: new Set(),
    fetch,
    registry,
    runStore,
    clock,
    emit: (run, event) => tell(options.onEvent, { ...ofRun(run), ...event } as ClientEvent),
    notify: (event) => tell(options.onEvent, event),
    webhook: webhook && { events: ["completed"], ...webhook },
    cancelAfterMs,
    waitTimeoutMs,
    requestTimeoutMs,
    retryDelayMs,
    settleMs,
    leaseMs,
    onUnknown,
    maximumImageBytes,
    maximumImagePixels,
    sink,
    disclosure,
    perceptualHash,
    spending,
    maximumRunMicroUsd,
    keepsPrompts: keepPrompts,
  };
}

function isStatement(statement: unknown): boolean {
  return statement === undefined || (typeof statement === "string" && statement.trim() !== "" && statement.length <= 1_000);
}

const unlimited = { createsPerMinute: 1_000_000, othersPerMinute: 1_000_000 };

/** A variable of the environment, where there is one: browsers and edge runtimes have none. */
export function readEnvironment(name: string): string | undefined {
  return globalThis.process?.env?.[name] || undefined;
}

/**
 * Checks how long to wait: 0 is one look, Infinity is as long as it takes.
 * @throws {InvalidRequestError} naming the option.
 */
export function checkWait(options: Readonly<Record<string, unknown>>): void {
  checkOptions(options, (value) => typeof value === "number" && value >= 0, "must be a number of milliseconds");
}

/**
 * Checks how many there may be.
 * @throws {InvalidRequestError} naming the option.
 */
export function checkCounts(options: Readonly<Record<string, unknown>>): void {
  checkOptions(options, (value) => Number.isSafeInteger(value) && Number(value) > 0, "must be a whole number from 1");
}

function checkOptions(options: Readonly<Record<string, unknown>>, isFit: (value: unknown) => boolean, message: string): void {
  const fields = Object.keys(options).filter((field) => !isFit(options[field]));
  if (fields.length > 0) throw new InvalidRequestError(fields.map((field) => ({ field, message })));
}
