import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { tsImport } from "tsx/esm/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ModelDescription } from "../../src/model/describe-model.ts";
import type { FormProperty } from "../../src/model/form-schema.ts";
import type { Registry } from "../../src/model/registry.ts";
import { parseModelConfig } from "../../src/models/parse-model-config.ts";
import { openBrowser } from "./open-browser.ts";
import { openForm } from "./open-form.ts";
import { otherValue } from "./other-value.ts";
import { serveForms } from "./serve-forms.ts";
import { findField, type Library, setField } from "./set-field.ts";

const examples = await tsImport("../../examples/forms/models.ts", { parentURL: import.meta.url, tsconfig: "examples/tsconfig.json" });
const models: Registry = examples.models;
const modelIds = models.list().map(({ id }) => id);
const pictures = join(import.meta.dirname, "../../out/forms");

const forms: readonly (readonly [path: string, library: Library])[] = [
  ["rjsf.html", "RJSF"],
  ["json-forms.html", "JSON Forms"],
  ["plain.html", "HTML"],
  ["strict/rjsf-strict.html", "RJSF"],
  ["strict/json-forms-strict.html", "JSON Forms"],
  ["strict/plain.html", "HTML"],
];

let browser: Awaited<ReturnType<typeof openBrowser>>;
let server: Awaited<ReturnType<typeof serveForms>>;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), serveForms(), mkdir(pictures, { recursive: true })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const open = (path: string, modelId: string, script?: () => void) =>
  openForm(browser.browser, `${server.address}/${path}`, modelId, script);

describe.each(forms)("%s", (path, library) => {
  it.each(modelIds)("shows the settings of %s and takes them all", async (modelId) => {
    const description = models.describe(modelId, { extensionKeywords: true });
    const { shown, folded } = split(description);
    const { page, complaints, save } = await open(path, modelId);
    const setAll = async (values: Readonly<Record<string, unknown>>) => {
      for (const [name, property] of shown) if (name in values) await setField(page, library, property, values[name]);
    };

    for (const [name, property] of shown) await expectOne(page, library, name, property);
    await expectFolded(page, library, description, folded);

    expect(await save()).toEqual({ status: "Saved.", stored: description.defaults });

    const entered = Object.fromEntries(shown.map(([name, property]) => [name, otherValue(property, description.defaults[name])]));
    await setAll(entered);
    const changed = { status: "Saved.", stored: { ...description.defaults, ...entered } };
    expect(await save()).toEqual(changed);
    expect({ ...parseModelConfig(modelId, changed.stored, models) }).toEqual(changed.stored);
    await page.screenshot({ path: join(pictures, `${path.replace("/", "-").replace(".html", "")}-${modelId.replace("/", "-")}.png`), fullPage: true });

    await page.reload();
    expect(await save(), "what was stored is shown").toEqual(changed);

    const unset = Object.fromEntries(shown.filter(([, { type }]) => Array.isArray(type)).map(([name]) => [name, null]));
    await setAll(unset);
    expect(await save()).toEqual({ status: "Saved.", stored: { ...changed.stored, ...unset } });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** The fields with an effect on the model, and those without. */
function split({ jsonSchema }: ModelDescription) {
  const fields = Object.entries(jsonSchema.properties);
  const hasEffect = ([, property]: (typeof fields)[number]) => property["x-no-effect"] === undefined;
  return { shown: fields.filter(hasEffect), folded: fields.filter((field) => !hasEffect(field)) };
}

async function expectOne(page: Page, library: Library, name: string, property: FormProperty): Promise<void> {
  const field = findField(page, library, property);
  await field.waitFor({ timeout: 5_000 });
  expect(await field.count(), name).toBe(1);
}

/** What has no effect is named with the reason, and cannot be changed. */
async function expectFolded(page: Page, library: Library, { displayName }: ModelDescription, folded: readonly (readonly [string, FormProperty])[]) {
  const reason = page.getByText(`${displayName} publishes no such input`);
  if (folded.length === 0) return expect(await reason.count()).toBe(0);
  if (library === "RJSF") {
    const text = await reason.textContent();
    for (const [, { title }] of folded) expect(text).toContain(title);
    return;
  }
  await page.getByText("No effect on this model").click();
  await reason.first().waitFor();
  for (const [name, property] of folded) {
    await expectOne(page, library, name, property);
    expect(await findField(page, library, property).isDisabled(), name).toBe(true);
  }
  await page.getByText(library === "HTML" ? "No effect on this model" : "With effect").click();
}
