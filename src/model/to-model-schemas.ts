import { InvalidModelError } from "../errors/invalid-model-error.ts";
import type { Problem } from "../errors/problem.ts";
import { checkPublished } from "./check-published.ts";
import type { FieldJsonSchema, ModelFieldSchema } from "./json-schema.ts";
import type { AnyModel } from "./model.ts";
import { narrowToPublished } from "./narrow-to-published.ts";

/**
 * The fields of a model's config: each starts from the model's own default and is narrowed to the values that the model takes.
 * @throws {InvalidModelError} naming every field that is the prompt or the photo, or whose default the model refuses.
 */
export function toModelSchemas({
  id,
  config,
  defaultConfig,
  published: { inputs, promptKey, image, asOf },
}: Pick<AnyModel, "id" | "config" | "defaultConfig" | "published">): Readonly<Record<string, ModelFieldSchema>> {
  const problems: Problem[] = [];
  const noEffect = `Not among the inputs that Replicate publishes (${asOf}): not sent, no effect`;
  const schemas = Object.entries<FieldJsonSchema>(config.fieldSchemas()).map(([name, schema]): [string, ModelFieldSchema] => {
    const report = (message: string) => problems.push({ field: `config.${name}`, message });
    const own = { ...schema, default: defaultConfig[name] ?? null };
    if (name === promptKey || name === image?.key) report("is the prompt or the photo; leave it out");
    const rule = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (rule === undefined) return [name, { ...own, noEffect }];
    const refusal = own.default === null ? undefined : checkPublished(rule, own.default);
    if (refusal !== undefined) report(`starts from what the model refuses: it ${refusal}`);
    const narrowed = narrowToPublished(own, rule);
    if (narrowed === undefined) report("has no value that the model takes");
    return [name, narrowed ?? own];
  });
  if (problems.length > 0) throw new InvalidModelError(id, problems);
  return Object.fromEntries(schemas);
}
