import { listProblems, type Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

/** A config breaks its class's rules. Lists every problem at once. */
export class InvalidConfigError extends RestageError {
  static override readonly code = "invalid_config";
  /** The config class, such as `FluxKontextConfig`. */
  declare readonly configName: string;
  declare readonly problems: readonly Problem[];

  constructor(configName: string, problems: readonly Problem[]) {
    super({ message: listProblems(`${configName} is not valid`, problems) }, { configName, problems });
  }
}
