import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import type { Problem } from "../errors/problem.ts";
import { unknownField } from "../model/config-problems.ts";
import type { AnyModel } from "../model/model.ts";
import type { Origin, Warning } from "../model/warning.ts";
import { type CheckedConfig, checkConfig, toFieldName } from "./check-config.ts";
import type { ConfigLayer } from "./config-layers.ts";
import type { ByField, ConfigFor } from "./settings-types.ts";
import { toStrayWarnings } from "./stray-fields.ts";
import { wayOut } from "./way-out.ts";

/** One field of a resolved config, and where its value comes from. */
export interface ResolvedField {
  readonly field: string;
  /** `null` where the field is unset. */
  readonly value: unknown;
  readonly origin: Origin;
  /** The version of the stored document; `null` where the value comes from the caller or the model. */
  readonly version: number | null;
  readonly key: string | null;
  /** Whether the value is sent to the model. */
  readonly isSent: boolean;
}

/** A config worked out of its layers. */
export interface ResolvedConfig<M extends AnyModel = AnyModel> {
  readonly config: ConfigFor<M>;
  /** In the order of the config class. */
  readonly fields: readonly ResolvedField[];
  /** For each field where its value comes from. */
  readonly origins: ByField<M, Origin>;
  /** What building an input of this config warns of, with the origin of the value, and stored fields that this release does not know. */
  readonly warnings: readonly Warning[];
}

/**
 * Works a model's config out of layers, strongest first, field by field; what no layer says comes from the model's `defaultConfig`.
 * A `null` in a stronger layer unsets the field. Pure. The result keeps the rules of the class and is what the model would take.
 * @throws {InvalidConfigError} when a value of the caller breaks the rules of the class, with every problem of all layers.
 * @throws {InvalidInputError} when a value of the caller is one that the model refuses, with every problem of all layers.
 * @throws {InvalidStoredSettingError} when stored values alone are to blame.
 */
export function resolveConfig<M extends AnyModel>(model: M, layers: readonly ConfigLayer[]): ResolvedConfig<M> {
  const names = Object.keys(model.config.fields);
  const picked = new Map(names.map((name) => [name, pick(model, layers, name)]));
  const checked = checkConfig(model, toValues(picked));
  const strays = findCallerStrays(layers, names);
  const { config, built } = checked;
  if (config === undefined || built === undefined || strays.length > 0) throw toError(model, picked, strays, checked);
  const { input } = built;
  const fields = [...picked].map(([field, source]) => ({ field, ...source, isSent: Object.hasOwn(input, field) && source.value !== null }));
  const warnings = built.warnings.map((warning) => addOrigin(warning, picked.get(warning.field)?.origin));
  return {
    config: config as unknown as ConfigFor<M>,
    fields,
    origins: Object.fromEntries(fields.map(({ field, origin }) => [field, origin])) as unknown as ByField<M, Origin>,
    warnings: [...warnings, ...layers.flatMap((layer) => toStrayWarnings(layer, names))],
  };
}

type Picked = Omit<ResolvedField, "field" | "isSent">;

function pick(model: AnyModel, layers: readonly ConfigLayer[], name: string): Picked {
  const layer = layers.find(({ values }) => Object.hasOwn(values, name) && values[name] !== undefined);
  if (layer === undefined) return { value: model.defaultConfig[name] ?? null, origin: "default", version: null, key: null };
  const { origin, version, key, values } = layer;
  return { value: values[name], origin, version, key };
}

// An unset default is left out, since a class may take an absent field and yet refuse null.
function toValues(picked: ReadonlyMap<string, Picked>): Readonly<Record<string, unknown>> {
  const said = [...picked].filter(([, { value, origin }]) => value !== null || origin !== "default");
  return Object.fromEntries(said.map(([name, { value }]) => [name, value]));
}

// What a caller names and the class lacks is a mistake; what a store holds may come from another release.
function findCallerStrays(layers: readonly ConfigLayer[], names: readonly string[]): readonly Problem[] {
  return layers
    .filter(({ key }) => key === null)
    .flatMap(({ values }) => Object.keys(values).filter((name) => !names.includes(name) && values[name] !== undefined))
    .map((name) => unknownField(name, names));
}

function addOrigin(warning: Warning, origin: Origin | undefined): Warning {
  return origin === undefined ? warning : { ...warning, origin };
}

function toError(
  model: AnyModel,
  picked: ReadonlyMap<string, Picked>,
  strays: readonly Problem[],
  { brokenRules, refusals }: CheckedConfig,
): Error {
  const locate = (problem: Problem): Problem & { readonly key: string | null } => {
    const source = picked.get(toFieldName(problem));
    if (source === undefined || source.key === null) return { ...problem, key: null };
    const message = `${problem.message} (stored in ${JSON.stringify(source.key)}, version ${source.version})`;
    return { field: problem.field, message, key: source.key };
  };
  const located = [...strays, ...brokenRules, ...refusals].map(locate);
  const problems = located.map(({ field, message }) => ({ field, message }));
  const [first] = located;
  if (first !== undefined && first.key !== null && located.every(({ key }) => key !== null)) {
    return new InvalidStoredSettingError(first.key, problems, wayOut.config);
  }
  const isRule = strays.length + brokenRules.length > 0;
  return isRule ? new InvalidConfigError(model.config.configName, problems) : new InvalidInputError(model.id, problems);
}
