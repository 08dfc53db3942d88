import { readBody } from "../client/read-body.ts";
import { parseWith } from "../errors/parse-with.ts";
import { AdminRequestError } from "./admin-request-error.ts";
import type { Route } from "./route.ts";

/**
 * The body of a request: JSON of the shape that its route takes, and nothing else.
 * @throws {AdminRequestError} 415, 413, 400
 * @throws {InvalidRequestError} with every problem at once.
 */
export async function readJson(request: Request, { method, body: schema, maximumBodyBytes = 1_000_000 }: Route): Promise<unknown> {
  if (schema === undefined) return undefined;
  const { headers } = request;
  const type = headers.get("content-type") ?? "";
  // A server may give a stream for a body that is none.
  const isAbsent = method === "DELETE" && type === "" && (await readBody(request, 0)) !== undefined;
  if (isAbsent) return parseWith(schema(), {});
  const isPlain = ["", "identity"].includes(headers.get("content-encoding") ?? "");
  if (!isPlain || !/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type)) {
    throw new AdminRequestError(415, "unsupported_media_type", "The body must be application/json in UTF-8, without content-encoding");
  }
  const bytes = await readBody(request, maximumBodyBytes);
  if (bytes === undefined) throw new AdminRequestError(413, "too_large", `The body must have at most ${maximumBodyBytes} bytes`);
  return parseWith(schema(), parse(bytes));
}

function parse(bytes: Uint8Array): unknown {
  let hasPrototype = false;
  const look = (key: string, value: unknown) => {
    if (key === "__proto__") hasPrototype = true;
    return value;
  };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), look);
  } catch {
    // Not the parser's words: they repeat what was sent.
    throw new AdminRequestError(400, "malformed_json", "The body is no JSON text in UTF-8: send what JSON.stringify makes of an object");
  }
  if (!hasPrototype) return value;
  const issue = { field: "__proto__", message: "is no name of a field; leave it out" };
  throw new AdminRequestError(400, "malformed_json", `The body holds a property __proto__, which ${issue.message}`, { issues: [issue] });
}
