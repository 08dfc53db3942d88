import type { Browser, Page } from "playwright-core";

/** A form in a page of its own, and what its console said. */
export interface OpenForm {
  readonly page: Page;
  /** Warnings, errors, exceptions and violations of the Content-Security-Policy so far. */
  readonly complaints: readonly string[];
  /** Saves by the button, or as told, and gives what the page says of it, and what is then stored. */
  save(submit?: () => Promise<void>): Promise<{ readonly status: string; readonly stored: unknown }>;
}

const tellViolations = `document.addEventListener("securitypolicyviolation", ({ blockedURI }) => console.error("blocked " + blockedURI));`;

/** Opens a form. `script` runs before the scripts of the page. */
export async function openForm(browser: Browser, address: string, modelId: string, script = ""): Promise<OpenForm> {
  const context = await browser.newContext({ viewport: { width: 800, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["warning", "error", "assert"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.setDefaultTimeout(10_000);
  page.on("dialog", (dialog) => dialog.accept());
  await page.addInitScript({ content: tellViolations + script });
  await page.goto(`${address}?model=${modelId}`);
  const button = page.getByRole("button", { name: "Save" });
  const status = page.locator("output");
  const save = async (submit = () => button.click()) => {
    await status.evaluate((element) => element.replaceChildren());
    await submit();
    await status.filter({ hasText: /./ }).waitFor();
    const text = await page.evaluate((key) => localStorage.getItem(key), modelId);
    return { status: (await status.textContent()) ?? "", stored: text === null ? null : JSON.parse(text) };
  };
  return { page, complaints, save };
}
