import type { AnyModel } from "../model/model.ts";
import { registry } from "../models/registry.ts";

/**
 * The model of an id, or of the part of it behind the slash: `flux-kontext-pro`.
 * @throws {UnknownModelError} listing the known ids.
 */
export function findModel(name: string): AnyModel {
  const models: readonly AnyModel[] = registry.list();
  return models.find(({ id }) => id.split("/")[1] === name) ?? registry.lookup(name);
}
