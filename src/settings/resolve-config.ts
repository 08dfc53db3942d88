import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import type { Problem } from "../errors/problem.ts";
import type { AnyModel } from "../model/model.ts";
import type { Origin, Warning } from "../model/warning.ts";
import { checkConfig, isAbout } from "./check-config.ts";
import type { ConfigLayer } from "./config-layers.ts";
import type { DocumentVersion } from "./config-store.ts";
import type { ByField, ConfigFor } from "./settings-types.ts";

/** One field of a resolved config, and where its value comes from. */
export interface ResolvedField {
  readonly field: string;
  /** `null` where the field is unset. */
  readonly value: unknown;
  readonly origin: Origin;
  /** The version of the stored document; `null` where the value comes from the caller or the model. */
  readonly version: number | null;
  /** Whether the value is sent to the model. */
  readonly sent: boolean;
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
  const defaults: ConfigLayer = { origin: "default", values: model.defaultConfig.toMap() };
  const sources = new Map(names.map((name) => [name, layers.find((layer) => says(layer, name)) ?? defaults]));
  const strays = layers.flatMap((layer) =>
    Object.keys(layer.values)
      .filter((name) => says(layer, name) && !names.includes(name))
      .map((name) => ({ name, layer })),
  );
  // What a caller names and the class lacks is a mistake; what a store holds may come from another release.
  for (const { name, layer } of strays) if (layer.document === undefined) sources.set(name, layer);
  const said = [...sources].filter(([, layer]) => layer !== defaults).map(([name, { values }]) => [name, values[name]]);

  const { config, built } = checkConfig(model, Object.fromEntries(said), (problems, breaksRule) =>
    toError(model, sources, problems, breaksRule),
  );
  const fields = [...sources].map(([field, { values, origin, document }]) => ({
    field,
    value: values[field] ?? null,
    origin,
    version: document?.version ?? null,
    sent: Object.hasOwn(built.input, field),
  }));
  return {
    config: config as unknown as ConfigFor<M>,
    fields,
    origins: Object.fromEntries(fields.map(({ field, origin }) => [field, origin])) as unknown as ByField<M, Origin>,
    warnings: [
      ...built.warnings.map((warning) => ({ ...warning, origin: sources.get(warning.field)?.origin ?? "default" })),
      ...strays.map(({ name, layer }) => toStrayWarning(name, layer, names)),
    ],
  };
}

function says({ values }: ConfigLayer, name: string): boolean {
  return Object.hasOwn(values, name) && values[name] !== undefined;
}

function toStrayWarning(name: string, { document, origin }: ConfigLayer, names: readonly string[]): Warning {
  return {
    severity: "warning",
    code: "unknown_stored_field",
    field: name.slice(0, 100),
    reason: `Stored in ${JSON.stringify(document?.key)} and not known to this release: kept, no effect`,
    wayOut: `Correct its name or reset the config. Known fields: ${names.join(", ")}`,
    origin,
  };
}

function toError(model: AnyModel, sources: ReadonlyMap<string, ConfigLayer>, problems: readonly Problem[], breaksRule: boolean): Error {
  const documents: (DocumentVersion | undefined)[] = [];
  const located = problems.map((problem) => {
    const document = [...sources].find(([name]) => isAbout(problem, name))?.[1].document;
    documents.push(document);
    const place = document && ` (stored in ${JSON.stringify(document.key)}, version ${document.version})`;
    return { ...problem, message: problem.message + (place ?? "") };
  });
  const [first] = documents;
  if (first && !documents.includes(undefined)) return new InvalidStoredSettingError("config", first.key, located);
  return breaksRule ? new InvalidConfigError(model.config.configName, located) : new InvalidInputError(model.id, located);
}
