import { CostCapExceededError } from "../errors/cost-cap-exceeded-error.ts";
import type { AnyModel, BuiltInput } from "../model/model.ts";
import { toCost } from "../model/price.ts";
import { toEstimatedUsage } from "../model/to-estimated-usage.ts";
import type { Warning } from "../model/warning.ts";
import { stagingPrompt } from "../prompt/staging-prompt.ts";
import type { StagingPromptOptions } from "../prompt/staging-prompt-options.ts";
import { checkPaused } from "../settings/check-paused.ts";
import { type ResolvedSettings, resolveSettings } from "../settings/resolve-settings.ts";
import type { SettingsReader } from "../settings/settings.ts";
import type { SettingsSnapshot } from "../settings/settings-snapshot.ts";
import { checkRequest, ownFields } from "./check-request.ts";
import type { ClientContext } from "./client-context.ts";
import { type Plan, standInUrl } from "./plan.ts";
import { type Photo, readPhoto } from "./read-photo.ts";
import type { StageRequest } from "./stage-request.ts";

/** A request that was looked at from all sides: what would be sent, and how to build it once the photo has its address. */
export interface Prepared {
  readonly plan: Plan;
  readonly model: AnyModel;
  readonly photo: Photo | undefined;
  /** The input with the photo at this address. */
  build(imageUrl: string | undefined): BuiltInput;
}

/** Draws a seed: a whole number from 0 to 2,147,483,647. */
export type DrawSeed = () => number;

/**
 * Resolves settings, reads the photo, writes the prompt and builds the input. Sends nothing.
 * @throws {RestageError} whatever Replicate would refuse, or the settings forbid.
 */
export async function prepare(
  settings: SettingsReader,
  request: StageRequest<AnyModel>,
  drawSeed: DrawSeed,
  limits: Pick<ClientContext, "spending" | "maximumRunMicroUsd">,
): Promise<Prepared> {
  checkRequest(request);
  const snapshot = await settings.read({ projectId: request.projectId });
  checkPaused(snapshot);
  const resolved = await stepDown(resolveSettings(snapshot, request), snapshot, request, limits);
  const { model } = resolved;
  const { config, origins } = withSeed(resolved, request, drawSeed);
  const prompt = stagingPrompt(toPromptOptions(request));
  const photo = request.image === undefined ? undefined : await readPhoto(request.image);
  const build = (imageUrl: string | undefined): BuiltInput =>
    model.buildInput({ prompt: prompt.text, imageUrl, config, extraInput: request.extraInput });
  const { input, warnings } = build(photo ? (photo.url ?? standInUrl) : undefined);
  const plan: Plan = {
    modelId: model.id,
    modelOrigin: resolved.modelOrigin,
    photo: photo?.record ?? null,
    prompt,
    config: config.toMap(),
    origins,
    configVersions: resolved.versions,
    input,
    warnings: [
      ...resolved.warnings,
      ...warnings.filter(({ field, code }) => !resolved.warnings.some((known) => known.field === field && known.code === code)),
    ],
    price: resolved.price.price,
    estimate: toCost(resolved.price.price, toEstimatedUsage(model, input)),
  };
  const { microUsd } = plan.estimate;
  const { maximumRunMicroUsd } = limits;
  const isWithin = microUsd === null ? maximumRunMicroUsd === Number.MAX_SAFE_INTEGER : microUsd <= maximumRunMicroUsd;
  if (!isWithin) throw new CostCapExceededError(model.id, microUsd, maximumRunMicroUsd);
  return { plan, model, photo, build };
}

/** The settings of a cheaper model where a budget near its limit asks for one; a request that names its model or values of its own keeps them. */
async function stepDown(
  chosen: ResolvedSettings,
  snapshot: SettingsSnapshot,
  { modelId, config, extraInput, projectId }: StageRequest<AnyModel>,
  { spending }: Pick<ClientContext, "spending">,
): Promise<Omit<ResolvedSettings, "modelOrigin"> & Pick<Plan, "modelOrigin">> {
  const mayChange = modelId === undefined && config === undefined && extraInput === undefined;
  const cheaper = mayChange ? await spending?.stepDown?.({ modelId: chosen.model.id, projectId: projectId ?? null }) : undefined;
  if (cheaper === undefined || cheaper.modelId === chosen.model.id) return chosen;
  const warn = (code: Warning["code"], reason: string, wayOut: string): Warning => {
    const nearLimit = `Budget ${cheaper.budgetId} is near its limit`;
    return { severity: "warning", code, field: "modelId", reason: `${nearLimit}: ${reason}`, wayOut };
  };
  // The budget still ends at its limit: one that names a model nobody stages with any more shall not end it before.
  if (!snapshot.registry.has(cheaper.modelId)) {
    const reason = `its cheaper model ${cheaper.modelId} is not registered, so that ${chosen.model.id} runs on`;
    return { ...chosen, warnings: [...chosen.warnings, warn("cannot_step_down", reason, "Set the budget anew, with a registered model")] };
  }
  const resolved = resolveSettings(snapshot, { modelId: cheaper.modelId });
  const reason = `${cheaper.modelId} runs instead of ${chosen.model.id}`;
  const warning = warn("stepped_down", reason, "Raise the budget, or name the model in the request");
  return { ...resolved, modelOrigin: "budget", warnings: [...resolved.warnings, warning] };
}

// A drawn seed makes the run repeatable, and its prediction recognisable.
function withSeed(
  { model, config, origins }: Pick<ResolvedSettings, "model" | "config" | "origins">,
  { extraInput = {} }: StageRequest<AnyModel>,
  drawSeed: DrawSeed,
): Pick<ResolvedSettings, "config"> & Pick<Plan, "origins"> {
  const isOpen = Object.hasOwn(origins, "seed") && (config.seed ?? null) === null && !Object.hasOwn(extraInput, "seed");
  if (!isOpen || !model.capabilities.takesSeed) return { config, origins };
  return { config: config.with({ seed: drawSeed() }).validate(), origins: { ...origins, seed: "drawn" } };
}

function toPromptOptions(request: StageRequest<AnyModel>): StagingPromptOptions {
  const own: readonly string[] = ownFields;
  return Object.fromEntries(Object.entries(request).filter(([field]) => !own.includes(field)));
}
