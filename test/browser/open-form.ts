import type { Browser, Page } from "playwright-core";

/** A form in a page of its own, and what its console said. */
export interface OpenForm {
  readonly page: Page;
  /** Warnings, errors and exceptions so far. */
  readonly complaints: readonly string[];
  /** Presses Save and gives what the page says of it, and what is then stored. */
  save(): Promise<{ readonly status: string; readonly stored: unknown }>;
}

/** Opens a form, with nothing stored yet. */
export async function openForm(browser: Browser, address: string, modelId: string, script?: () => void): Promise<OpenForm> {
  const context = await browser.newContext({ viewport: { width: 800, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["warning", "error", "assert"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("dialog", (dialog) => dialog.accept());
  if (script !== undefined) await page.addInitScript(script);
  await page.goto(`${address}?model=${modelId}`);
  const button = page.getByRole("button", { name: "Save" });
  const status = page.locator("output");
  const save = async () => {
    await status.evaluate((element) => element.replaceChildren());
    await button.click();
    await status.filter({ hasText: /./ }).waitFor();
    const text = await page.evaluate((key) => localStorage.getItem(key), modelId);
    return { status: (await status.textContent()) ?? "", stored: text === null ? null : JSON.parse(text) };
  };
  return { page, complaints, save };
}
