import { once } from "../basics/once.ts";
import { InvalidModelError } from "../errors/invalid-model-error.ts";
import type { Problem } from "../errors/problem.ts";
import { buildInput } from "./build-input.ts";
import { toFormFields } from "./form.ts";
import type { BuildRequest, Model, ModelDefinition } from "./model.ts";
import type { FieldTable } from "./model-config.ts";
import type { PublishedInput } from "./published-input.ts";
import { toModelSchemas } from "./to-model-schemas.ts";

/**
 * Makes a model from its definition. To change one fact of a model, spread it: `defineModel({ ...qwenImageEdit, price })`.
 * @throws {InvalidModelError} when id, version or settings key have a wrong shape.
 *
 * @example
 * ```ts
 * import { defineModel, QwenConfig, registry } from "restage";
 *
 * const mine = defineModel({
 *   id: "acme/room-stager",
 *   name: "Room Stager",
 *   description: "Our own fine-tune",
 *   settingsKey: "acme_room_stager",
 *   config: QwenConfig,
 *   published: {
 *     asOf: "2026-11-20",
 *     promptKey: "prompt",
 *     image: { key: "image", isArray: false, maximum: 1 },
 *     inputs: { seed: { type: "integer", nullable: true } },
 *     output: "one",
 *   },
 * });
 * const models = registry.register(mine);
 * models.get("acme/room-stager").buildInput({ prompt: "Furnish this room", imageUrl: "https://example.com/room.jpg" });
 * ```
 */
export function defineModel<
  const Id extends string,
  Name extends string,
  Fields extends FieldTable,
  const Published extends PublishedInput,
>(definition: ModelDefinition<Id, Name, Fields, Published>): Model<Id, Name, Fields, Published> {
  const problems = checkDefinition(definition);
  if (problems.length > 0) throw new InvalidModelError(String(definition.id), problems);
  const { config, defaultPatch = {}, published } = definition;
  const defaultConfig = once(() => config.defaults().with(defaultPatch).validate());
  return Object.freeze({
    version: "latest",
    usualDurationMs: 10_000,
    lifecycle: { status: "active" } as const,
    maximumOutputs: () => 1,
    ...definition,
    get defaultConfig() {
      return defaultConfig();
    },
    capabilities: {
      takesPhoto: published.image !== null,
      maximumPhotos: published.image?.maximum ?? 0,
      takesSeed: Object.hasOwn(published.inputs, "seed"),
      output: published.output,
    },
    buildInput: (request: BuildRequest<Name, Fields, Published>) =>
      buildInput({ id: definition.id, configName: config.configName, published, defaultConfig: defaultConfig() }, request),
    formFields: () =>
      toFormFields(
        toModelSchemas({
          ...definition,
          get defaultConfig() {
            return defaultConfig();
          },
        }),
      ),
  });
}

function checkDefinition({ id, settingsKey, version = "latest", published }: ModelDefinition): readonly Problem[] {
  const rules: readonly (readonly [field: string, value: unknown, shape: RegExp, message: string])[] = [
    ["id", id, /^[a-z0-9][\w.-]*\/[a-z0-9][\w.-]*$/i, "must be owner/name, as on replicate.com"],
    ["settingsKey", settingsKey, /^[a-z0-9_]{1,100}$/, "must be lower-case letters, digits and _"],
    ["version", version, /^(latest|[0-9a-f]{64})$/, 'must be "latest" or 64 hex digits'],
  ];
  const repeated = [published.promptKey, published.image?.key].filter((key) => key !== undefined && Object.hasOwn(published.inputs, key));
  return [
    ...rules
      .filter(([, value, shape]) => typeof value !== "string" || !shape.test(value))
      .map(([field, , , message]) => ({ field, message })),
    ...repeated.map((key) => ({ field: `published.inputs.${key}`, message: "is the prompt or the photo; leave it out" })),
  ];
}
