import { systemClock } from "../basics/clock.ts";
import { isSafeUrl } from "../basics/is-safe-url.ts";
import { tell } from "../basics/tell.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import { createHttp } from "../replicate/http.ts";
import { memoryRunStore } from "../stores/memory/memory-run-store.ts";
import type { ClientContext } from "./client-context.ts";
import { type ClientEvent, ofRun } from "./client-event.ts";
import type { StagingClientOptions } from "./staging-client-options.ts";

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
  } = options;
  checkWait({ waitTimeoutMs, retryDelayMs });
  // Node takes a longer timer than 2^31 - 1 ms for one of 1 ms.
  const isSize = (value: unknown) => typeof value === "number" && value > 0 && value < 2 ** 31;
  const isAddress = (value: unknown) => typeof value === "string" && isSafeUrl(value);
  checkOptions({ requestTimeoutMs, cancelAfterMs, maximumImageBytes }, isSize, "must be a number above 0 and below 2147483648");
  checkOptions({ baseUrl, "webhook.url": webhook ? webhook.url : baseUrl }, isAddress, "must be https (or http on the loopback address)");
  checkOptions({ baseUrl }, (value) => !/[?#@]/.test(String(value)), "must hold no user name, query or fragment");
  return {
    http: createHttp({ token, baseUrl, fetch, requestTimeoutMs, retryDelayMs }),
    fetch,
    registry,
    runStore: options.runStore ?? memoryRunStore({ clock: () => clock.now() }),
    clock,
    emit: (run, event) => tell(options.onEvent, { ...ofRun(run), ...event } as ClientEvent),
    webhook: webhook && { events: ["completed"], ...webhook },
    cancelAfterMs,
    waitTimeoutMs,
    requestTimeoutMs,
    maximumImageBytes,
  };
}

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

function checkOptions(options: Readonly<Record<string, unknown>>, isFit: (value: unknown) => boolean, message: string): void {
  const fields = Object.keys(options).filter((field) => !isFit(options[field]));
  if (fields.length > 0) throw new InvalidRequestError(fields.map((field) => ({ field, message })));
}
