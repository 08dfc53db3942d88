import { ModelUnavailableError, type ModelUnavailableReason } from "../errors/model-unavailable-error.ts";
import type { Problem } from "../errors/problem.ts";
import type { AnyModel } from "../model/model.ts";

/**
 * Lets a model pass that can stage photos. `key` is the stored setting that chose it, if one did.
 * @throws {ModelUnavailableError} when it takes no photo or is retired.
 */
export function checkModel(model: AnyModel, key: string | null, wayOut: string): void {
  refuse(model, [...findNoPhoto(model), ...findRetired(model)], key, wayOut);
}

/**
 * Lets a model pass that is not retired. `key` is the stored setting that chose it, if one did.
 * @throws {ModelUnavailableError} when it is retired.
 */
export function checkLifecycle(model: AnyModel, key: string | null, wayOut: string): void {
  refuse(model, findRetired(model), key, wayOut);
}

function refuse(model: AnyModel, found: readonly Finding[], key: string | null, wayOut: string): void {
  const [first] = found;
  if (first === undefined) return;
  throw new ModelUnavailableError({
    modelId: model.id,
    reason: first.reason,
    problems: found.map(({ problem }) => problem),
    key,
    wayOut,
  });
}

type Finding = { readonly reason: ModelUnavailableReason; readonly problem: Problem };

function findNoPhoto({ capabilities }: AnyModel): readonly Finding[] {
  if (capabilities.takesPhoto) return [];
  const message = "takes no photo (text-to-image only), so it would draw another room";
  return [{ reason: "takes_no_photo", problem: { field: "modelId", message } }];
}

function findRetired({ lifecycle }: AnyModel): readonly Finding[] {
  if (lifecycle.status === "active") return [];
  const replacement = lifecycle.replacement === undefined ? "" : `; use ${lifecycle.replacement}`;
  const message = `was retired on ${lifecycle.since}: ${lifecycle.reason}${replacement}`;
  return [{ reason: "retired", problem: { field: "modelId", message } }];
}
