import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";

/** A config breaks its class's rules. Lists every problem at once. */
export class InvalidConfigError extends ProblemsError {
  static override readonly code = "invalid_config";
  /** The config class, such as `FluxKontextConfig`. */
  declare readonly configName: string;

  constructor(configName: string, problems: readonly Problem[]) {
    super(`Invalid ${configName}`, problems, { configName });
  }
}
