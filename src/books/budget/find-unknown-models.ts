import type { Problem } from "../../errors/problem.ts";
import type { Registry } from "../../model/registry.ts";
import type { Budget } from "./budget.ts";

/** What speaks against the models that a budget names: one that nobody stages with is never counted, and none can step down to it. */
export function findUnknownModels({ modelId, stepDown }: Budget, registry: Pick<Registry, "has" | "list">): readonly Problem[] {
  const known = registry.list().map(({ id }) => id);
  const message = `is not registered. Known models: ${known.join(", ")}`;
  return Object.entries({ modelId, "stepDown.modelId": stepDown?.modelId }).flatMap(([field, id]) =>
    id === undefined || registry.has(id) ? [] : [{ field, message }],
  );
}
