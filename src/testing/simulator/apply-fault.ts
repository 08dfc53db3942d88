import type { Fault } from "./fault.ts";
import { toProblemResponse } from "./problem-response.ts";
import { noAnswer, type Reply, whole } from "./reply.ts";
import { toThrottleResponse } from "./throttle-response.ts";
import type { ThrottleTell } from "./unestablished-behaviour.ts";

/** The parts of a call that a fault comes between. */
export interface FaultedCall {
  readonly url: string;
  /** Reads the body and does nothing. */
  ignore(): Promise<void>;
  /** Does the work. */
  answer(): Promise<Response>;
  readonly throttleTells: readonly ThrottleTell[];
}

/** What the caller gets when this fault befalls its call. */
export async function applyFault(fault: Fault, call: FaultedCall): Promise<Reply> {
  const answerIf = async (accepted = false): Promise<void> => {
    await (accepted ? call.answer() : call.ignore());
  };
  switch (fault.kind) {
    case "reset":
      return reset(fault.when, call);
    case "hang":
      await answerIf(fault.accepted);
      return noAnswer("hang");
    case "delay":
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
      return whole(await call.answer());
    case "drip":
      return {
        response: await call.answer(),
        delivery: { how: "drip", chunkBytes: fault.chunkBytes ?? 16, everyMs: fault.everyMs ?? 5 },
      };
    case "status": {
      await answerIf(fault.accepted);
      const plain = toProblemResponse(fault.status, "This answer was scripted.");
      const response = fault.body === undefined ? plain : Response.json(fault.body, { status: fault.status });
      for (const [name, value] of Object.entries(fault.headers ?? {})) response.headers.set(name, value);
      return whole(response);
    }
    case "throttle":
      await call.ignore();
      return whole(toThrottleResponse(fault.retryAfterSeconds ?? 1, fault.tells ?? call.throttleTells));
    case "html":
      await answerIf(fault.accepted);
      return whole(toHtmlPage(fault.status ?? 403));
    case "redirect":
      await answerIf(fault.accepted);
      return whole(new Response(null, { status: fault.status ?? 307, headers: { location: fault.location ?? call.url } }));
    case "truncate":
      return whole(await replaceText(await call.answer(), (text) => text.slice(0, text.length / 2)));
    case "garble":
      return whole(await replaceText(await call.answer(), () => '{"id": \u0000\u0001<<}, not JSON'));
    case "shape":
      return whole(await replaceText(await call.answer(), () => JSON.stringify(fault.body)));
    case "rewrite":
      return whole(await replaceText(await call.answer(), (text) => JSON.stringify(fault.rewrite(JSON.parse(text)))));
  }
}

async function reset(when: "before_read" | "after_read" | "after_accept" | "mid_body", call: FaultedCall): Promise<Reply> {
  if (when === "mid_body") return { response: await call.answer(), delivery: { how: "cut" } };
  if (when === "after_read") await call.ignore();
  if (when === "after_accept") await call.answer();
  return noAnswer("reset");
}

async function replaceText(response: Response, replace: (text: string) => string): Promise<Response> {
  return new Response(replace(await response.text()), { status: response.status, headers: response.headers });
}

function toHtmlPage(status: number): Response {
  const page = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>Request blocked</h1></body></html>`;
  return new Response(page, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}
