import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import type { Problem } from "../errors/problem.ts";
import type { AnyModel, BuiltInput } from "../model/model.ts";
import type { FieldTable, ModelConfig } from "../model/model-config.ts";

/** What a check of values found. */
export interface CheckedConfig {
  /** `undefined` where the values break the rules of the class. */
  readonly config: ModelConfig<string, FieldTable> | undefined;
  /** What would be sent; `undefined` where there is any problem. */
  readonly built: BuiltInput | undefined;
  /** Where the values break the rules of the config class. */
  readonly brokenRules: readonly Problem[];
  /** Where the model's published schema refuses a value that the class allows. */
  readonly refusals: readonly Problem[];
}

/** Checks values against a model's config class and against what the model publishes. Finds every problem at once. */
export function checkConfig(model: AnyModel, values: Readonly<Record<string, unknown>>): CheckedConfig {
  const { config, problems: brokenRules } = parse(model, values);
  if (config !== undefined) {
    const { built, problems } = build(model, config);
    return { config, built, brokenRules, refusals: problems };
  }
  // The fields that keep the rules are checked against the published schema too, with the model's defaults for the others.
  const broken = new Set(brokenRules.map(toFieldName));
  const sound = Object.entries(values).filter(([name]) => !broken.has(name));
  const rest = parse(model, { ...model.defaultConfig.toMap(), ...Object.fromEntries(sound) });
  const refusals = rest.config === undefined ? [] : build(model, rest.config).problems;
  return { config: undefined, built: undefined, brokenRules, refusals: refusals.filter((problem) => !broken.has(toFieldName(problem))) };
}

/** The field of a config that a problem is about. */
export function toFieldName({ field }: Problem): string {
  return field.split(".", 1)[0] ?? field;
}

function parse(model: AnyModel, values: object): Pick<CheckedConfig, "config"> & { readonly problems: readonly Problem[] } {
  try {
    return { config: model.config.parse(values), problems: [] };
  } catch (error) {
    if (!InvalidConfigError.is(error)) throw error;
    return { config: undefined, problems: error.problems };
  }
}

function build(
  model: AnyModel,
  config: ModelConfig<string, FieldTable>,
): Pick<CheckedConfig, "built"> & { readonly problems: readonly Problem[] } {
  const photo = model.capabilities.takesPhoto ? { imageUrl: "https://example.com/room.jpg" } : {};
  try {
    return { built: model.buildInput({ prompt: "A room", config, ...photo }), problems: [] };
  } catch (error) {
    if (!InvalidInputError.is(error)) throw error;
    return { built: undefined, problems: error.problems };
  }
}
