import { applyFault } from "./apply-fault.ts";
import { type Call, createCall } from "./call.ts";
import { Refusal, refuse, toProblemResponse } from "./problem-response.ts";
import { type OpenRequest, type RecordedRequest, toRecordedRequest } from "./recorded-request.ts";
import { type Reply, whole } from "./reply.ts";
import { findRoute, type Route } from "./routes.ts";
import type { SimulatorParts } from "./simulator-parts.ts";
import { toRetrySeconds, toThrottleResponse } from "./throttle-response.ts";

/** Answers any request; both the server and the in-memory `fetch` are made of it. */
export type Handler = (request: Request) => Promise<Reply>;

/** The core of the simulator. Every request is added to `requests`. */
export function createHandler(parts: SimulatorParts, requests: RecordedRequest[]): Handler {
  return async (request) => {
    const url = new URL(request.url);
    const found = findRoute(request.method, url.pathname);
    const record = toRecordedRequest(request, url, parts.clock.now(), found.route?.target ?? null);
    requests.push(record);
    if (requests.length > parts.settings.maximumRecordedRequests) requests.shift();
    const call = createCall(request, url, found.route === null ? [] : found.parameters, record);
    const answer = (): Promise<Response> => answerSafely(found, call, parts);
    const fault = parts.faults.take(found.route?.target);
    record.fault = fault?.kind ?? null;
    const throttleTells = parts.settings.behaviour.throttleTells;
    const reply =
      fault === undefined
        ? whole(await answer())
        : await applyFault(fault, { url: url.href, answer, ignore: () => ignore(call, record), throttleTells });
    if (reply.delivery.how !== "reset" && reply.delivery.how !== "hang") record.status = reply.response.status;
    reply.response.headers.set("date", new Date(parts.clock.now()).toUTCString());
    return reply;
  };
}

async function answerSafely(found: ReturnType<typeof findRoute>, call: Call, parts: SimulatorParts): Promise<Response> {
  try {
    if (found.route !== null) return await answerRoute(found.route, call, parts);
    return toProblemResponse(found.isKnownPath ? 405 : 404, "The requested resource could not be found.");
  } catch (error) {
    if (error instanceof Refusal) return error.response;
    return toProblemResponse(500, `The simulator could not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function answerRoute(route: Route, call: Call, parts: SimulatorParts): Promise<Response> {
  if (route.rate === "free") return route.endpoint(call, parts);
  const { settings, account, clock, limiter } = parts;
  checkToken(call, settings.token);
  const now = clock.now();
  const hasLowCredit = route.rate === "create" && account.hasLowCredit();
  const grant = limiter.take(route.rate, now, hasLowCredit);
  if (grant.granted) return route.endpoint(call, parts);
  const seconds = toRetrySeconds(grant.retryAt - now, settings.timeScale);
  return toThrottleResponse(seconds, settings.behaviour.throttleTells, hasLowCredit);
}

function checkToken({ headers }: Call, token: string): void {
  const given = /^(?:Bearer|Token)\s+(.+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (given === undefined) throw refuse(401, "You did not pass an authentication token.");
  if (given !== token) throw refuse(401, "You did not pass a valid authentication token.");
}

// The body is read and written down all the same: the caller has sent it.
async function ignore(call: Call, record: OpenRequest): Promise<void> {
  const isJson = record.headers["content-type"]?.includes("json") === true;
  await (isJson ? call.readJson() : call.readBytes()).catch(() => undefined);
}
