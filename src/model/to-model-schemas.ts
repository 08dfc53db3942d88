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
export function toModelSchemas(
  model: Pick<AnyModel, "id" | "config" | "defaultConfig" | "published">,
): Readonly<Record<string, ModelFieldSchema>> {
  const { inputs, promptKey, image, asOf } = model.published;
  // Before the defaults are parsed: what has no form is to be told first.
  const fields = Object.entries<FieldJsonSchema>(model.config.fieldSchemas());
  const { defaultConfig } = model;
  const problems: Problem[] = [];
  const noEffect = `Not among the inputs that Replicate publishes (${asOf}): not sent, no effect`;
  const schemas = fields.map(([name, schema]): [string, ModelFieldSchema] => {
    const report = (message: string) => problems.push({ field: `config.${name}`, message });
    const rule = inputs[name];
    const own = { ...(rule?.description && { description: rule.description }), ...schema, default: defaultConfig[name] ?? null };
    if (name === promptKey || name === image?.key) report("is the prompt or the photo; leave it out");
    if (rule === undefined) return [name, { ...own, noEffect }];
    const refusal = own.default === null ? undefined : checkPublished(rule, own.default);
    if (refusal !== undefined) report(`starts from what the model refuses: ${refusal}`);
    const narrowed = narrowToPublished(own, rule);
    if (narrowed === undefined) report("has no value that the model takes");
    return [name, narrowed ?? own];
  });
  if (problems.length > 0) throw new InvalidModelError(model.id, problems);
  return Object.fromEntries(schemas);
}
