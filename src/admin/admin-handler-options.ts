import type { StagingClient } from "../client/staging-client.ts";
import type { AnyModel } from "../model/model.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { Settings } from "../settings/settings.ts";
import type { AdminBudgets } from "./admin-budgets.ts";
import type { Authorize } from "./permission.ts";

/** What an admin handler is made of. */
export interface AdminHandlerOptions<Known extends AnyModel = AnyModel> {
  /** Give it the store itself rather than a cached one, where several processes write: what it shows is then what is stored. */
  readonly settings: Settings<Known>;
  /** Where the service keeps its runs. */
  readonly runs: RunStore;
  /** Stages photos with settings that are not saved yet, and gives images back. Default: neither is offered. */
  readonly client?: Pick<StagingClient<Known>, "start" | "wait"> | undefined;
  /** What `createBudgets` gives. Default: budgets are not offered. */
  readonly budgets?: AdminBudgets | undefined;
  /** Tells who asks, and whether he may. */
  readonly authorize: Authorize;
  /** Where it is mounted, with or without slashes. Default `/admin`. */
  readonly basePath?: string | undefined;
  /** Whether it serves the page, too. Default `true`. */
  readonly page?: boolean | undefined;
  /** From which other origins a browser may use the API, with bearer tokens and never with cookies. Default: none. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Keeps a short-lived function alive until a tried staging is home. Default: the process lives on by itself. */
  readonly waitUntil?: ((work: Promise<unknown>) => unknown) | undefined;
  /** Told every error behind an answer of 500 or more. One that throws changes nothing. */
  readonly onError?: ((error: unknown) => unknown) | undefined;
  /** Milliseconds since 1970, for what is written into runs. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
}
