/** Where a config value came from, strongest first; `drawn` is a seed that the client drew where nobody set one, `budget` a model that was chosen since money runs short. */
export type Origin = "request" | "experiment" | "project" | "global" | "default" | "drawn" | "budget";

/** Something that is sent, left out or used although it may not do what was meant. */
export interface Warning {
  readonly severity: "notice" | "warning";
  readonly code:
    | "no_effect"
    | "past_documented_limit"
    | "refused_extra_input"
    | "unknown_stored_field"
    | "outdated_settings"
    | "earlier_version"
    | "stepped_down"
    | "cannot_step_down";
  readonly field: string;
  readonly reason: string;
  readonly wayOut: string;
  /** Where the value came from; absent where the builder was called directly. */
  readonly origin?: Origin;
}
