import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** The admin page as somebody sees it, and what its console said. */
export interface OpenAdmin {
  readonly page: Page;
  /** Warnings, errors, exceptions and violations of the Content-Security-Policy so far; not that the server refused what it should refuse. */
  readonly complaints: readonly string[];
  /** Goes to a view, such as `#/costs`. */
  go(hash: string): Promise<void>;
}

const tellViolations = `document.addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) =>
  console.error("blocked " + blockedURI + " by " + violatedDirective));`;

/** Opens the admin page in a browser of its own, as the bearer of a token. */
export async function openAdmin(
  browser: Browser,
  address: string,
  token: string | null,
  options: BrowserContextOptions = {},
): Promise<OpenAdmin> {
  // Without a locale this Chromium calls its language en-US@posix, which is none.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-US", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    const isRefusal = /^Failed to load resource: the server responded with a status of (401|409|412|422) /.test(message.text());
    if (["warning", "error", "assert"].includes(message.type()) && !isRefusal) complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.setDefaultTimeout(10_000);
  await page.addInitScript({ content: tellViolations });
  await page.goto(token === null ? address : `${address}#token=${token}`);
  const go = async (hash: string) => {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
  };
  return { page, complaints, go };
}
