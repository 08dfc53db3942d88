/** Thrown by an endpoint: the request is refused with this answer. Never leaves the simulator. */
export class Refusal extends Error {
  readonly response: Response;

  constructor(response: Response) {
    super(`Refused with ${response.status}`);
    this.response = response;
  }
}

/** One field that is wrong, in the words of the HTTP API. */
export interface InvalidField {
  readonly type: string;
  readonly field: string;
  readonly description: string;
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Unauthenticated",
  402: "Insufficient credit",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  408: "Request timeout",
  413: "Payload too large",
  421: "Misdirected request",
  422: "Input validation failed",
  500: "Internal server error",
  502: "Bad gateway",
  503: "Service unavailable",
};

/** An error as Replicate tells it: `{ title, detail, status }` and more (Replicate HTTP API docs, 2026-11). */
export function toProblemResponse(status: number, detail: string, more: Readonly<Record<string, unknown>> = {}): Response {
  const title = titles[status];
  return Response.json({ ...(title === undefined ? {} : { title }), detail, status, ...more }, { status });
}

/** Refuses with 422, naming every field. */
export function refuseFields(fields: readonly InvalidField[]): Refusal {
  const detail = fields.map(({ field, description }) => `- ${field === "" ? "" : `${field}: `}${description}\n`).join("");
  return new Refusal(toProblemResponse(422, detail, { invalid_fields: fields }));
}

/** Refuses with a status and a sentence. */
export function refuse(status: number, detail: string, more?: Readonly<Record<string, unknown>>): Refusal {
  return new Refusal(toProblemResponse(status, detail, more));
}
