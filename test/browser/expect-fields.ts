import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { ModelDescription } from "../../src/model/describe-model.ts";
import type { FormProperty } from "../../src/model/form-schema.ts";
import { findField, type Library, optionsOf } from "./set-field.ts";

type Fields = readonly (readonly [name: string, property: FormProperty])[];

/** The fields with an effect on the model, and those without. */
export function split({ jsonSchema, fields }: ModelDescription): { readonly shown: Fields; readonly folded: Fields } {
  const without = new Set(fields.filter(({ no_effect }) => no_effect !== undefined).map(({ name }) => name));
  const properties = Object.entries(jsonSchema.properties);
  return { shown: properties.filter(([name]) => !without.has(name)), folded: properties.filter(([name]) => without.has(name)) };
}

/** Each field is there once, under its label, with its description and its options. */
export async function expectShown(page: Page, library: Library, fields: Fields): Promise<void> {
  for (const [name, property] of fields) {
    const field = findField(page, library, property);
    await field.waitFor({ timeout: 5_000 });
    expect(await field.count(), name).toBe(1);
    // The vanilla table of JSON Forms shows none.
    const showsNone = library === "JSON Forms" && property.items !== undefined;
    if (property.description !== undefined && !showsNone)
      expect(await page.getByText(property.description).count(), name).toBeGreaterThan(0);
    if (property.oneOf === undefined) continue;
    const options = await field.locator("option").evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).label));
    expect(options.toSorted(), name).toEqual(optionsOf(library, property).toSorted());
  }
}

/** What has no effect is named with the reason, and cannot be changed. */
export async function expectFolded(page: Page, library: Library, folded: Fields): Promise<void> {
  const reason = page.getByText(/not sent/).first();
  if (folded.length === 0) return expect(await reason.count()).toBe(0);
  if (library === "RJSF") {
    const text = await reason.textContent();
    for (const [, { title }] of folded) expect(text).toContain(title);
    return;
  }
  const fold = page.getByText("No effect on this model");
  await fold.click();
  await reason.waitFor();
  await expectShown(page, library, folded);
  for (const [name, property] of folded) expect(await findField(page, library, property).isDisabled(), name).toBe(true);
  await (library === "HTML" ? fold : page.getByText("With effect", { exact: true })).click();
}
