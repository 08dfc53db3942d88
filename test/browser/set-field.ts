import type { Locator, Page } from "playwright-core";
import type { FormOption, FormProperty } from "../../src/model/form-schema.ts";

/** What draws a form. */
export type Library = "RJSF" | "JSON Forms" | "HTML";

/** What holds a field's inputs: found by its label alone. */
export function findField(page: Page, library: Library, { type, title = "" }: FormProperty): Locator {
  if (![type].flat().includes("array") || library === "HTML") return page.getByLabel(title, { exact: true });
  if (library === "RJSF") return page.getByRole("group", { name: title, exact: true });
  return page.locator(".array-table-layout").filter({ has: page.getByText(title, { exact: true }) });
}

/** Enters a value as a person does: types, chooses, slides, checks, adds and removes. `null` clears the field. */
export async function setField(page: Page, library: Library, property: FormProperty, value: unknown): Promise<void> {
  const field = findField(page, library, property);
  if (!Array.isArray(value)) return setInput(field, library, property, value);
  const { items } = property;
  if (items === undefined) throw new Error("a list of nothing");
  if (library === "HTML") return field.fill(value.join("\n"));
  const remove = field.getByRole("button", { name: library === "RJSF" ? "Remove" : "Delete" });
  for (let left = await remove.count(); left > 0; left--) await remove.first().click();
  for (const [index, item] of value.entries()) {
    await field.getByRole("button", { name: "Add" }).click();
    await setInput(field.locator("input, select").nth(index), library, items, item);
  }
}

async function setInput(input: Locator, library: Library, { oneOf }: FormProperty, value: unknown): Promise<void> {
  switch (await input.evaluate((element) => element.getAttribute("type") ?? element.localName)) {
    case "checkbox":
      return input.setChecked(value === true);
    case "range":
      return input.press(String(value) === (await input.getAttribute("max")) ? "End" : "Home");
    case "select":
      await input.selectOption({
        label: toText(
          library,
          oneOf?.find((option) => option.const === value),
        ),
      });
      return;
    default:
      return input.fill(String(value ?? ""));
  }
}

/** What the options of a list say; JSON Forms adds one to unset it. */
export function optionsOf(library: Library, { oneOf = [] }: FormProperty): readonly string[] {
  const options = oneOf.map((option) => toText(library, option));
  return library === "JSON Forms" && !options.includes("None") ? ["None", ...options] : options;
}

function toText(library: Library, option: FormOption = { const: null, title: "Unset" }): string {
  if (option.const === null) return library === "JSON Forms" ? "None" : option.title;
  // The plain form shows the values themselves.
  return library === "HTML" && typeof option.const !== "boolean" ? String(option.const) : option.title;
}
