import { isObject } from "../basics/is-object.ts";
import { isSafeUrl } from "../basics/is-safe-url.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import type { Problem } from "../errors/problem.ts";
import { checkPublished } from "./check-published.ts";
import type { BuildRequest, BuiltInput } from "./model.ts";
import type { FieldTable, ModelConfig } from "./model-config.ts";
import type { PublishedInput } from "./published-input.ts";
import type { Warning } from "./warning.ts";

/** What building needs to know of a model. */
export interface Buildable<Name extends string, Fields extends FieldTable, Published extends PublishedInput> {
  readonly id: string;
  readonly configName: string;
  readonly published: Published;
  readonly defaultConfig: ModelConfig<Name, Fields>;
}

/** Builds the input of a model: pure, offline, every problem at once. */
export function buildInput<Name extends string, Fields extends FieldTable, Published extends PublishedInput>(
  { id, configName, published, defaultConfig }: Buildable<Name, Fields, Published>,
  request: BuildRequest<Name, Fields, Published>,
): BuiltInput<Published> {
  const { promptKey, image, inputs } = published;
  const input: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const warnings: Warning[] = [];
  const report = (field: string, message: string) => problems.push({ field, message });
  // JavaScript callers forget the request, or hand over null.
  const given = (request ?? {}) as BuildRequest & { readonly imageUrl?: unknown };
  const { prompt, imageUrl, extraInput } = given;
  const config = given.config ?? defaultConfig;

  if (typeof prompt !== "string" || prompt.trim() === "") {
    report("prompt", "is missing or blank; stagingPrompt() writes one");
  } else input[promptKey] = prompt;

  const hasImage = (imageUrl ?? "") !== "";
  if (image === null) {
    if (hasImage) report("imageUrl", "the model takes no photo (text-to-image only); choose one with capabilities.takesPhoto");
  } else if (!hasImage) {
    report("imageUrl", "is missing; this model needs a photo");
  } else if (typeof imageUrl !== "string" || !isImageAddress(imageUrl)) {
    report("imageUrl", "must be an https or data:image URL");
  } else input[image.key] = image.isArray ? [imageUrl] : imageUrl;

  const extra = isObject(extraInput) ? extraInput : {};
  if (extra !== (extraInput ?? extra)) report("extraInput", "must be an object");
  if (config?.configName !== configName) {
    report("config", `must be a ${configName}; parseModelConfig() reads one`);
  } else {
    const values = config.validate() as Values;
    // What extraInput overrides is not sent, so it is neither refused nor warned of.
    for (const field in values) if ((values[field] ?? null) !== null && extra[field] === undefined) add(field, values[field], false);
  }
  for (const [field, value] of Object.entries(extra)) {
    if (field === promptKey || field === image?.key || field === "__proto__")
      report(`extraInput.${field}`, "is reserved; give it in the request itself");
    // JSON leaves undefined out, so it is not sent and overrides nothing.
    else if (value !== undefined) add(field, value, true);
  }
  if (problems.length > 0) throw new InvalidInputError(id, problems);
  return { input: input as BuiltInput<Published>["input"], warnings };

  function add(field: string, value: unknown, isExtra: boolean): void {
    // Not a plain look-up, which would find `constructor` on the prototype.
    const rule = Object.hasOwn(inputs, field) ? inputs[field] : undefined;
    if (rule === undefined && !isExtra) {
      const reason = "The model publishes no such input: not sent, no effect";
      if (value !== (defaultConfig as Values)[field]) warn("no_effect", field, reason, "Remove it, or choose a model that takes it");
      return;
    }
    const refusal = rule && checkPublished(rule, value);
    if (refusal !== undefined && !isExtra) report(field, `${refusal}: the model takes nothing else`);
    else input[field] = value;
    if (refusal !== undefined && isExtra) warn("refused_extra_input", field, `By the published schema it ${refusal}`, "Correct it");
    const limit = rule?.documented;
    if (limit !== undefined && (value as number) > limit.maximum)
      warn("past_documented_limit", field, limit.reason, `Use ${limit.maximum} or less`);
  }

  function warn(code: Warning["code"], field: string, reason: string, wayOut: string): void {
    warnings.push({ severity: "warning", code, field, reason, wayOut });
  }
}

type Values = Readonly<Record<string, unknown>>;

function isImageAddress(text: string): boolean {
  return /^data:image\/[\w.+-]+[;,]/i.test(text) || isSafeUrl(text);
}
