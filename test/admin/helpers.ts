import { type AdminHandlerOptions, createAdminHandler } from "../../src/admin/index.ts";
import type { AnyModel } from "../../src/model/model.ts";
import type { BuiltInModel } from "../../src/models/index.ts";
import type { ConfigStore } from "../../src/settings/config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";

export { pro, qwen, seedream3 } from "../settings/helpers.ts";

export const origin = "https://example.com";

/** Who may do what, by the bearer token. */
const rights = { reader: ["read"], writer: ["read", "write"], spender: ["read", "write", "spend"] } as const;

/** Lets in whoever has a token, or a cookie, of a name above. */
export const authorize: AdminHandlerOptions["authorize"] = ({ headers }, permission) => {
  const sent = headers.get("authorization");
  const text = sent === null ? headers.get("cookie")?.replace("session=", "") : /^Bearer (.*)$/.exec(sent)?.[1];
  const may: readonly string[] = rights[(text ?? "") as keyof typeof rights] ?? [];
  return may.includes(permission) ? { author: { name: text ?? "" } } : null;
};

/** What is asked. */
export interface AskOptions {
  readonly method?: string;
  readonly body?: unknown;
  /** The text of a body that is no JSON of `body`. */
  readonly text?: string;
  /** For `If-Match`. */
  readonly version?: number | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: a token of somebody who may do everything. */
  readonly as?: keyof typeof rights | null;
}

/** An answer that was read. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly json: any;
}

/** A handler over stores in memory, and a way to ask it. */
export function setUpAdmin<Known extends AnyModel = BuiltInModel>(
  options: Partial<AdminHandlerOptions<Known>> & { readonly store?: ConfigStore } = {},
) {
  const { store = memoryConfigStore(), ...others } = options;
  const settings = others.settings ?? createSettings<Known>({ store });
  const runs = others.runs ?? memoryRunStore();
  const errors: unknown[] = [];
  const handle = createAdminHandler<Known>({ runs, authorize, onError: (error) => errors.push(error), ...others, settings });
  const ask = (path: string, asked: AskOptions = {}) => askHandler(handle, `${origin}/admin/${path}`, asked);
  return { store, settings, runs, handle, ask, errors };
}

/** Asks a handler, and reads its answer. */
export async function askHandler(handle: (request: Request) => Promise<Response>, url: string, asked: AskOptions): Promise<Answered> {
  const response = await handle(toRequest(url, asked));
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "") && text !== "";
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

/** A request as the page would make it. */
export function toRequest(url: string, { method = "GET", body, text, version, headers = {}, as = "spender" }: AskOptions): Request {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Request(url, {
    method,
    headers: {
      ...(as !== null && { authorization: `Bearer ${as}` }),
      ...(sent !== undefined && { "content-type": "application/json" }),
      ...(version !== undefined && { "if-match": `"${version ?? 0}"` }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent }),
  });
}
