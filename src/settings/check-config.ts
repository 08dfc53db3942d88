import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import type { Problem } from "../errors/problem.ts";
import type { AnyModel, BuiltInput } from "../model/model.ts";
import type { FieldTable, ModelConfig } from "../model/model-config.ts";
import type { Fields } from "./stored-values.ts";

/** What a check of values found: the config and what would be sent, or what is wrong. */
export type CheckedConfig =
  | { readonly isSound: true; readonly config: ModelConfig<string, FieldTable>; readonly built: BuiltInput }
  | {
      readonly isSound: false;
      readonly problems: readonly Problem[];
      /** Whether a value breaks a rule of the config class; else the model's published schema refuses one that the class allows. */
      readonly breaksRule: boolean;
    };

/**
 * Checks values, over the model's defaults, against its config class and against what it publishes. Finds every problem at once: where
 * some values are broken, the others are checked without them.
 */
export function checkConfig(model: AnyModel, values: Fields): CheckedConfig {
  const photo = model.capabilities.takesPhoto ? { imageUrl: "https://example.com/room.jpg" } : {};
  try {
    const config = model.defaultConfig.with(values).validate();
    return { isSound: true, config, built: model.buildInput({ prompt: "A room", config, ...photo }) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const entries = Object.entries(values);
    const isBroken = (name: string) => error.problems.some((problem) => isAbout(problem, name));
    const others = entries.filter(([name]) => Object.hasOwn(model.config.fields, name) && !isBroken(name));
    const rest = others.length < entries.length ? checkConfig(model, Object.fromEntries(others)) : undefined;
    const more = rest === undefined || rest.isSound ? [] : rest.problems;
    return { isSound: false, problems: [...error.problems, ...more], breaksRule: InvalidConfigError.is(error) };
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
