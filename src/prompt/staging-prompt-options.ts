import type { Mode } from "./modes.ts";
import type { Room } from "./rooms.ts";
import type { Style } from "./styles.ts";

/**
 * What a staging prompt is written from: either the parts below or, with `prompt`, the caller's own words.
 * Values from JSON are checked at run time, so they may be passed on after a cast. Unknown fields are refused.
 */
export interface StagingPromptOptions {
  /** The kind of room. Needed by the modes `stage`, `complete` and `restyle`; with `prompt` it adds what is built in there. */
  readonly room?: Room | undefined;
  /** Default `"modern"` in the modes `stage` and `restyle`, and what is already there in `complete`. The other modes refuse it, as `prompt` does. */
  readonly style?: Style | undefined;
  /** Default `"stage"`. Refused with `prompt`. */
  readonly mode?: Mode | undefined;
  /** Further things to leave exactly as they are, such as `"the piano"`. At most 30 of 120 characters. */
  readonly keep?: readonly string[] | undefined;
  /** Pieces that must be there, and pieces that must not. At most 30 each, of 120 characters. Refused by the modes that only remove, and with `prompt`. */
  readonly furniture?: { readonly add?: readonly string[] | undefined; readonly avoid?: readonly string[] | undefined } | undefined;
  /** Further wishes, put at the end. At most 500 characters; blank is as good as left out. Refused with `prompt`. */
  readonly notes?: string | undefined;
  /** The caller's own words instead of composed ones, at most 2,000 characters. The structure-keeping instruction is still added. */
  readonly prompt?: string | undefined;
}
