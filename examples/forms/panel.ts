// What all the forms stand on: the model to set up, what is stored of its config, and how that is saved.
import { defaultModelId, InvalidConfigError, type Problem, parseModelConfig } from "restage/models";
import { z } from "zod";
import { models } from "./models.ts";

// zod makes code from strings unless told not to. Where a Content-Security-Policy forbids that, it works all the same, but the browser reports it.
z.config({ jitless: true });

export type Values = Readonly<Record<string, unknown>>;

const asked = new URLSearchParams(location.search).get("model") ?? "";
const modelId = models.has(asked) ? asked : defaultModelId;
export const description = models.describe(modelId);
showHeading();

/** What the form starts from: what is stored, and the model's own defaults for the rest. In a service this is a request to its API. */
export function load(): Values {
  return { ...description.defaults, ...JSON.parse(localStorage.getItem(modelId) ?? "{}") };
}

/** Checks what a form holds and stores it. Gives the problems of what is refused. A service does both on its server. */
export function save(values: Values): readonly Problem[] {
  // Some forms leave out what was cleared. An absent field would get its default, so what it is now is said.
  const config = Object.fromEntries(description.fields.map(({ name }) => [name, values[name] ?? emptyOf(name)]));
  const problems = check(config);
  if (problems.length === 0) localStorage.setItem(modelId, JSON.stringify(config));
  say(problems.length === 0 ? "Saved." : `Not saved. ${problems.map(({ field, message }) => `${titleOf(field)} ${message}`).join(". ")}`);
  return problems;
}

function check(config: Values): readonly Problem[] {
  try {
    parseModelConfig(modelId, config, models);
    return [];
  } catch (error) {
    if (InvalidConfigError.is(error)) return error.problems;
    throw error;
  }
}

function emptyOf(field: string): "" | null {
  const { type, oneOf } = description.jsonSchema.properties[field] ?? {};
  return type === "string" && oneOf === undefined ? "" : null;
}

function titleOf(field: string): string {
  return description.jsonSchema.properties[field]?.title ?? field;
}

function showHeading(): void {
  const { displayName, lifecycle, description: about } = description;
  const links = models.list().map(({ id, name }) => {
    const link = Object.assign(document.createElement("a"), { href: `?model=${id}`, textContent: name });
    if (id === modelId) link.ariaCurrent = "page";
    return link;
  });
  document.querySelector("nav")?.append(...links);
  document.title = `${displayName}: settings`;
  const ended = lifecycle.status === "retired" ? ` Retired ${lifecycle.since}: ${lifecycle.reason}.` : "";
  document.querySelector("header p")?.append(`${about}.${ended}`);
}

/** Says below the form what became of it. */
export function say(text: string): void {
  const status = document.querySelector("output");
  if (status !== null) status.textContent = text;
}
