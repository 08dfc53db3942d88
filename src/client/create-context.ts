import { isSafeUrl } from "../basics/is-safe-url.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import { createHttp } from "../replicate/http.ts";
import { memoryRunStore } from "../stores/memory/memory-run-store.ts";
import type { ClientContext } from "./client-context.ts";
import { createEmit } from "./client-event.ts";
import { systemClock } from "./clock.ts";
import type { StagingClientOptions } from "./staging-client-options.ts";

/**
 * Fills in the defaults of a client's options.
 * @throws {InvalidRequestError} for a base URL over which a token must not travel.
 */
export function createContext(options: StagingClientOptions, registry: Registry<AnyModel>): ClientContext {
  const { token = readEnvironment("REPLICATE_API_TOKEN"), baseUrl = "https://api.replicate.com/v1", fetch = globalThis.fetch } = options;
  const { requestTimeoutMs = 60_000, retryDelayMs = 500, clock = systemClock, webhook } = options;
  checkBaseUrl(baseUrl);
  const emit = createEmit(options.onEvent);
  return {
    http: createHttp({ token, baseUrl, fetch, requestTimeoutMs, retryDelayMs }),
    fetch,
    registry,
    runStore: options.runStore ?? memoryRunStore({ clock: () => clock.now() }),
    clock,
    emit,
    webhook: webhook && { url: webhook.url, events: webhook.events ?? ["completed"] },
    cancelAfterMs: options.cancelAfterMs ?? 600_000,
    waitTimeoutMs: options.waitTimeoutMs ?? 900_000,
    requestTimeoutMs,
    maximumImageBytes: options.maximumImageBytes ?? 100_000_000,
  };
}

/** A variable of the environment, where there is one: browsers and edge runtimes have none. */
export function readEnvironment(name: string): string | undefined {
  return globalThis.process?.env?.[name] || undefined;
}

function checkBaseUrl(baseUrl: string): void {
  if (isSafeUrl(baseUrl)) return;
  throw new InvalidRequestError([{ field: "baseUrl", message: "must be https (or http on the loopback address)" }]);
}
