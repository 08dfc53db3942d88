import type { Endpoint } from "./endpoint.ts";
import { getAccount, getModel, getWebhookSecret } from "./endpoints/about.ts";
import { cancelPrediction } from "./endpoints/cancel-prediction.ts";
import { createModelPrediction, createPrediction } from "./endpoints/create-prediction.ts";
import { deleteFile, downloadFile, getFile, listFiles, uploadFile } from "./endpoints/files.ts";
import { getOutput } from "./endpoints/get-output.ts";
import { getPrediction } from "./endpoints/get-prediction.ts";
import { listPredictions } from "./endpoints/list-predictions.ts";
import type { FaultTarget } from "./fault.ts";
import type { RateClass } from "./rate-limiter.ts";

/** One kind of request. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly target: FaultTarget;
  /** What it counts as; `"free"` needs no token either. */
  readonly rate: RateClass;
  readonly endpoint: Endpoint;
}

// An endpoint is a file and a line here.
const routes: readonly Route[] = [
  route("POST", "/v1/models/:/:/predictions", "create", createModelPrediction, "create"),
  route("POST", "/v1/predictions", "create", createPrediction, "create"),
  route("GET", "/v1/predictions", "list", listPredictions),
  route("GET", "/v1/predictions/:", "get", getPrediction),
  route("POST", "/v1/predictions/:/cancel", "cancel", cancelPrediction),
  route("GET", "/v1/models/:/:", "model", getModel),
  route("POST", "/v1/files", "upload", uploadFile),
  route("GET", "/v1/files", "file", listFiles),
  route("GET", "/v1/files/:", "file", getFile),
  route("GET", "/v1/files/:/download", "file", downloadFile),
  route("DELETE", "/v1/files/:", "file", deleteFile),
  route("GET", "/v1/account", "account", getAccount),
  route("GET", "/v1/webhooks/default/secret", "webhook_secret", getWebhookSecret),
  route("GET", "/output/:/:", "output", getOutput, "free"),
];

function route(method: string, pattern: string, target: FaultTarget, endpoint: Endpoint, rate: RateClass = "other"): Route {
  return { method, path: new RegExp(`^${pattern.replaceAll(":", "([^/]+)")}$`), target, rate, endpoint };
}

/** The route of a request and what its path leaves open; without a route, whether the path exists for another method. */
export function findRoute(
  method: string,
  path: string,
): { readonly route: Route; readonly parameters: readonly string[] } | { readonly route: null; readonly isKnownPath: boolean } {
  const wanted = method === "HEAD" ? "GET" : method;
  const fitting = routes.filter((candidate) => candidate.path.test(path));
  const found = fitting.find((candidate) => candidate.method === wanted);
  if (found === undefined) return { route: null, isKnownPath: fitting.length > 0 };
  return { route: found, parameters: (found.path.exec(path) ?? []).slice(1).map(decode) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
