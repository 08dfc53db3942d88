import { RestageError } from "./restage-error.ts";
import { show } from "./show.ts";

/** No model of this id is registered. Lists the known ones. */
export class UnknownModelError extends RestageError {
  static override readonly code = "unknown_model";
  declare readonly modelId: string;
  declare readonly knownModelIds: readonly string[];

  constructor(modelId: unknown, knownModelIds: readonly string[]) {
    const shown = show(modelId);
    const wayOut = `Known models: ${knownModelIds.join(", ")}. registry.register(…) adds one`;
    super(`Unknown model ${JSON.stringify(shown)}. ${wayOut}`, { modelId: shown, knownModelIds });
  }
}
