import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import type { Problem } from "../errors/problem.ts";
import type { AnyModel, BuiltInput } from "../model/model.ts";
import type { FieldTable, ModelConfig } from "../model/model-config.ts";
import type { Fields } from "./stored-values.ts";

/** A sound config, and what would be sent of it. */
export interface CheckedConfig {
  readonly config: ModelConfig<string, FieldTable>;
  readonly built: BuiltInput;
}

/**
 * Makes an error of all problems. `breaksRule` tells whether a value breaks a rule of the config class; else the model's published schema
 * refuses one that the class allows.
 */
export type ToConfigError = (problems: readonly Problem[], breaksRule: boolean) => Error;

/**
 * Checks values, over the model's defaults, against its config class and against what it publishes. Finds every problem at once: where
 * some values are broken, the others are checked without them. Throws what `toError` makes of them.
 */
export function checkConfig(model: AnyModel, values: Fields, toError: ToConfigError): CheckedConfig {
  const imageUrl = model.capabilities.takesPhoto ? "https://example.com/room.jpg" : undefined;
  try {
    const config = model.defaultConfig.with(values).validate();
    return { config, built: model.buildInput({ prompt: "A room", config, imageUrl }) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const entries = Object.entries(values);
    const isBroken = (name: string) => error.problems.some((problem) => isAbout(problem, name));
    const others = entries.filter(([name]) => Object.hasOwn(model.config.fields, name) && !isBroken(name));
    const toWhole = (more: readonly Problem[]) => toError([...error.problems, ...more], InvalidConfigError.is(error));
    if (others.length < entries.length) checkConfig(model, Object.fromEntries(others), toWhole);
    throw toWhole([]);
  }
}

/** Whether an error tells what is wrong with a config. */
export function isRefusal(error: unknown): error is InvalidConfigError | InvalidInputError {
  return InvalidConfigError.is(error) || InvalidInputError.is(error);
}

/** Whether a problem is about this field of a config. */
export function isAbout({ field }: Problem, name: string): boolean {
  return field === name || field.startsWith(`${name}.`);
}
