import { MissingTokenError } from "../errors/missing-token-error.ts";
import { RestageError } from "../errors/restage-error.ts";
import { InterruptedError } from "./interrupted-error.ts";
import type { Terminal } from "./terminal.ts";
import { toCommandWording } from "./to-command-wording.ts";
import { UsageError } from "./usage-error.ts";

const missingToken = "No Replicate API token: set REPLICATE_API_TOKEN (https://replicate.com/account/api-tokens)";
const missingTokenToStage =
  "No Replicate API token. Two ways out:\n- set REPLICATE_API_TOKEN (https://replicate.com/account/api-tokens) to stage for real\n- add --simulate to try it offline, without token and cost";

/** The codes of what is wrong with the command line or the environment, and was found before anything was done. */
const usageCodes = ["usage", "missing_token", "missing_peer", "unknown_model", "invalid_schema_name", "invalid_prompt", "run_not_found"];

/** Tells a person or, with `asJson`, a program what went wrong. Gives the exit code. */
export function reportError(error: unknown, terminal: Terminal, asJson: boolean, commandName?: string): number {
  terminal.redraw("");
  const label = terminal.noteStyle.red("error:");
  if (!RestageError.is(error)) {
    // Nobody meant this to happen, so whoever repairs it needs the stack.
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (asJson) terminal.print(JSON.stringify({ error: { code: "bug", message: String(error) } }, null, 2));
    terminal.note(`${label} this is a bug in restage, please report it\n${stack}`);
    return 1;
  }
  const { message: original } = error;
  const noToken = commandName === "stage" ? missingTokenToStage : missingToken;
  const message = MissingTokenError.is(error) ? noToken : toCommandWording(original);
  if (asJson) terminal.print(JSON.stringify({ error: { ...error.toJSON(), message } }, null, 2));
  else terminal.note(InterruptedError.is(error) ? message : `${label} ${message}`);
  if (InterruptedError.is(error)) return 130;
  if (UsageError.is(error) && !asJson) terminal.note(`Help: restage ${commandName === undefined ? "" : `${commandName} `}--help`);
  return usageCodes.includes(error.code) ? 2 : 1;
}
