import { type BuiltInModel, registry } from "../models/registry.ts";

/**
 * The model of an id, or of the part of it behind the slash: `flux-kontext-pro`.
 * @throws {UnknownModelError} listing the known ids.
 */
export function findModel(name: string): BuiltInModel {
  return registry.list().find(({ id }) => id.split("/")[1] === name) ?? (registry.lookup(name) as BuiltInModel);
}
