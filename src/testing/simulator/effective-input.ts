import type { PublishedInput } from "../../model/published-input.ts";

/** What a model works with, prompt and photo apart: the published defaults, and what was sent of the published inputs. */
export function toEffectiveInput(published: PublishedInput, sent: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const defaults = Object.entries(published.inputs).map(([name, field]) => [name, field.default]);
  const known = Object.entries(sent).filter(([name, value]) => Object.hasOwn(published.inputs, name) && value !== null);
  return Object.fromEntries([...defaults, ...known]);
}
