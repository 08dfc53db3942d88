/** How an error is answered. Where there is `detail`, it stands for the error's own message, which may name hosts and tables. */
export interface ProblemRow {
  readonly status: number;
  readonly detail?: string;
  /** Of what the error says is wrong, where it names no fields itself. */
  readonly field?: string;
}

const away = {
  status: 503,
  detail: "What the settings and runs are kept in cannot be used right now: try again, or look into the server's log",
};
const replicate = { status: 502 };

/** By the code of an error; what is not here is a 500 that tells nothing. */
export const problemTable: Readonly<Record<string, ProblemRow>> = {
  budget_exceeded: { status: 402 },
  capacity: replicate,
  client_closed: { status: 503 },
  connection: { status: 502, detail: "Replicate cannot be reached right now: try again" },
  cost_cap_exceeded: { status: 402 },
  database: away,
  database_unavailable: away,
  deadline: { status: 504 },
  idempotency_conflict: { status: 409 },
  image_download: replicate,
  images_expired: { status: 410 },
  insufficient_credit: { status: 402 },
  invalid_budget: { status: 422 },
  invalid_config: { status: 422 },
  invalid_image: { status: 422 },
  invalid_input: { status: 422 },
  invalid_model: { status: 409 },
  invalid_prompt: { status: 422 },
  invalid_request: { status: 422 },
  invalid_setting: { status: 422 },
  invalid_stored_setting: { status: 409 },
  missing_table: away,
  missing_token: { status: 503, detail: "The server has no token of Replicate: set REPLICATE_API_TOKEN there" },
  model_unavailable: { status: 409 },
  moderation: { status: 422 },
  not_created: replicate,
  out_of_memory: replicate,
  paused: { status: 409 },
  prediction_failed: replicate,
  prediction_stopped: { status: 409 },
  refused_input: { status: 422 },
  replicate_answer: replicate,
  reservation_settled: { status: 409 },
  run_conflict: { status: 412 },
  run_failed: { status: 409 },
  run_not_found: { status: 404 },
  run_not_waitable: { status: 409 },
  sink: { status: 502, detail: "What keeps the images cannot be used right now: look into the server's log" },
  store_timeout: away,
  throttled: { status: 429 },
  // Replicate's refusal of the server's token: a 401 would tell the browser to sign in.
  unauthenticated: { status: 502, detail: "Replicate refuses the server's token: look into its REPLICATE_API_TOKEN" },
  unknown_model: { status: 404, field: "modelId" },
  unknown_outcome: replicate,
  unknown_price: { status: 409 },
  unknown_version: { status: 422, field: "version" },
  version_conflict: { status: 412 },
  wait_timeout: { status: 504 },
};
