import { InvalidInputError } from "../errors/invalid-input-error.ts";
import type { Problem } from "../errors/problem.ts";
import { checkPublished } from "./check-published.ts";
import type { BuildRequest, BuiltInput } from "./model.ts";
import type { FieldTable, ModelConfig } from "./model-config.ts";
import type { DocumentedLimit, PublishedField, PublishedInput } from "./published-input.ts";
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
  model: Buildable<Name, Fields, Published>,
  request: BuildRequest<Name, Fields, Published>,
): BuiltInput<Published> {
  if (request === null || typeof request !== "object") {
    throw new InvalidInputError(model.id, [{ field: "(request)", message: "is empty; give prompt, imageUrl and config" }]);
  }
  const { published } = model;
  const input: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const warnings: Warning[] = [];
  addPrompt(published, request.prompt, input, problems);
  addImage(published, request.imageUrl, input, problems);
  const extraInput = readExtraInput(request.extraInput, problems);
  addConfig(model, request.config ?? model.defaultConfig, extraInput, input, problems, warnings);
  addExtraInput(published, extraInput, input, problems, warnings);
  if (problems.length > 0) throw new InvalidInputError(model.id, problems);
  return { input: input as BuiltInput<Published>["input"], warnings };
}

function addPrompt({ promptKey }: PublishedInput, prompt: unknown, input: Record<string, unknown>, problems: Problem[]): void {
  if (typeof prompt !== "string" || prompt.trim() === "") {
    problems.push({ field: "prompt", message: "is missing or blank; say what the room should become, or use stagingPrompt()" });
  } else input[promptKey] = prompt;
}

// Plain http only on the loopback address: that is where a local simulator keeps its files.
const webAddress = /^(https:\/\/[^\s/]\S*|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?([/?#]\S*)?)$/i;

function isImageAddress(text: string): boolean {
  if (/^data:/i.test(text)) return /^data:image\/[\w.+-]+[;,]/i.test(text);
  // URL forgives spaces and missing slashes; what is sent is the text itself. A `new URL` would take most of the time of a build.
  return webAddress.test(text) && URL.canParse(text);
}

function addImage(
  { image, isImageRequired }: PublishedInput,
  imageUrl: unknown,
  input: Record<string, unknown>,
  problems: Problem[],
): void {
  const report = (message: string) => problems.push({ field: "imageUrl", message });
  const isMissing = imageUrl === undefined || imageUrl === null || imageUrl === "";
  if (image === null) {
    if (!isMissing) report("this model takes no photo (text-to-image only); choose a model whose capabilities.takesPhoto is true");
  } else if (isMissing) {
    const consequence = isImageRequired
      ? "this model requires a photo"
      : "without a photo this model would draw an unrelated room, and bill it";
    report(`is missing; ${consequence}`);
  } else if (typeof imageUrl !== "string" || !isImageAddress(imageUrl)) {
    report("must be an https or data:image URL");
  } else input[image.key] = image.isArray ? [imageUrl] : imageUrl;
}

function addConfig<Name extends string, Fields extends FieldTable>(
  { published, configName, defaultConfig }: Buildable<Name, Fields, PublishedInput>,
  config: ModelConfig<Name, Fields>,
  extraInput: ExtraInput,
  input: Record<string, unknown>,
  problems: Problem[],
  warnings: Warning[],
): void {
  if (config?.configName !== configName) {
    const given = typeof config?.configName === "string" ? config.configName : "no config of this library";
    problems.push({ field: "config", message: `must be a ${configName}, not ${given}; parseModelConfig() reads the right one` });
    return;
  }
  const values = config.validate() as Readonly<Record<string, unknown>>;
  const defaults = defaultConfig as Readonly<Record<string, unknown>>;
  for (const field in values) {
    const value = values[field];
    // What extraInput overrides is not sent, so it is neither refused nor warned of.
    if (value === undefined || value === null || extraInput.has(field)) continue;
    const rule = publishedField(published, field);
    if (rule === undefined) {
      if (value !== defaults[field]) warnings.push(noEffect(field));
      continue;
    }
    const refusal = checkPublished(rule, value);
    if (refusal !== undefined) problems.push({ field, message: `${refusal}: the model refuses anything else` });
    else input[field] = value;
    warnPastLimit(field, rule, value, warnings);
  }
}

type ExtraInput = ReadonlyMap<string, unknown>;

function readExtraInput(extraInput: unknown, problems: Problem[]): ExtraInput {
  if (extraInput === undefined || extraInput === null) return new Map();
  if (typeof extraInput !== "object" || Array.isArray(extraInput)) {
    problems.push({ field: "extraInput", message: "must be an object of input names and values" });
    return new Map();
  }
  // JSON leaves undefined out, so it is not sent and overrides nothing.
  return new Map(Object.entries(extraInput).filter(([, value]) => value !== undefined));
}

function addExtraInput(
  published: PublishedInput,
  extraInput: ExtraInput,
  input: Record<string, unknown>,
  problems: Problem[],
  warnings: Warning[],
): void {
  for (const [field, value] of extraInput) {
    if (field === published.promptKey || field === published.image?.key || field === "__proto__") {
      problems.push({ field: `extraInput.${field}`, message: "is reserved; give prompt and photo by the request" });
      continue;
    }
    input[field] = value;
    const rule = publishedField(published, field);
    if (rule === undefined) continue;
    const refusal = checkPublished(rule, value);
    if (refusal !== undefined) warnings.push(refusedExtra(field, refusal));
    else warnPastLimit(field, rule, value, warnings);
  }
}

// Not a plain look-up, which would find `constructor` on the prototype.
function publishedField({ inputs }: PublishedInput, name: string): PublishedField | undefined {
  return Object.hasOwn(inputs, name) ? inputs[name] : undefined;
}

function warnPastLimit(field: string, { documented }: PublishedField, value: unknown, warnings: Warning[]): void {
  if (documented !== undefined && (value as number) > documented.maximum) warnings.push(pastLimit(field, documented));
}

function noEffect(field: string): Warning {
  const reason = "The model publishes no such input, so the value is not sent and has no effect";
  return { severity: "warning", code: "no_effect", field, reason, wayOut: "Remove the value, or choose a model that takes it" };
}

function pastLimit(field: string, { maximum, reason }: DocumentedLimit): Warning {
  return { severity: "warning", code: "past_documented_limit", field, reason, wayOut: `Use ${maximum} or less` };
}

function refusedExtra(field: string, refusal: string): Warning {
  const reason = `The published schema says that it ${refusal}; Replicate may refuse the whole input`;
  return { severity: "warning", code: "refused_extra_input", field, reason, wayOut: "Correct the value, or leave it out of extraInput" };
}
