import { RestageError } from "./restage-error.ts";

/** No model of this id is registered. Lists the known ones. */
export class UnknownModelError extends RestageError {
  static override readonly code = "unknown_model";
  declare readonly modelId: string;
  declare readonly knownModelIds: readonly string[];

  constructor(modelId: unknown, knownModelIds: readonly string[]) {
    const shown = typeof modelId === "string" ? modelId.slice(0, 100) : typeof modelId;
    super(
      {
        message: `Unknown model ${JSON.stringify(shown)}. Known models: ${knownModelIds.join(", ")}. Add one with registry.register(defineModel({ … })).`,
      },
      { modelId: shown, knownModelIds },
    );
  }
}
