import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type axe from "axe-core";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { tsImport } from "tsx/esm/api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleRooms } from "../../src/cli/sample-rooms.ts";
import type { Registry } from "../../src/model/registry.ts";
import { openAdmin } from "./open-admin.ts";
import { openBrowser } from "./open-browser.ts";
import { type AdminServer, serveAdmin } from "./serve-admin.ts";

const pro = "black-forest-labs/flux-kontext-pro";
const qwen = "qwen/qwen-image-edit";
const seedream = "bytedance/seedream-4";
const max = "black-forest-labs/flux-kontext-max";
const projectId = "oak-street-12";
const pictures = join(import.meta.dirname, "../../out/admin");

const looks = [
  ["wide-light", 1280, "light"],
  ["wide-dark", 1280, "dark"],
  ["narrow-light", 390, "light"],
  ["narrow-dark", 390, "dark"],
  ["narrowest-light", 360, "light"],
] as const;

// With a model that has every kind of field.
const examples = await tsImport("../../examples/forms/models.ts", { parentURL: import.meta.url, tsconfig: "examples/tsconfig.json" });

let browser: Awaited<ReturnType<typeof openBrowser>>;
let server: AdminServer;
let photo: Buffer;
let axeScript: string;

beforeAll(async () => {
  const [room] = sampleRooms;
  if (room === undefined) throw new Error("there is no sample room");
  const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  [browser, server, photo, axeScript] = await Promise.all([
    openBrowser(),
    serveAdmin(examples.models as Registry),
    sharp(Buffer.from(room.svg)).resize(900).jpeg().toBuffer(),
    readFile(axeFile, "utf8"),
    mkdir(pictures, { recursive: true }),
  ]);
  await fill(server);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** What a service has after some weeks. */
async function fill({ settings, configStore, budgets, addRun }: AdminServer): Promise<void> {
  const by = (name: string, expectedVersion = 0, note?: string) => ({ author: { name }, expectedVersion, ...(note && { note }) });
  await settings.saveConfig(pro, { safety_tolerance: 2, seed: 42 }, by("Ana", 0, "Stricter, and repeatable"));
  await settings.saveConfig(pro, { safety_tolerance: 5, output_format: "jpg" }, by("Ben", 1));
  await settings.saveConfig(qwen, { go_fast: false }, by("Ana"));
  await settings.saveConfig(qwen, { output_quality: 95, aspect_ratio: "16:9" }, { ...by("Ana"), projectId });
  const price = { per: "output_image", asOf: "2026-11-20", source: "Our contract of November", failed: "free" } as const;
  await settings.setPrice(pro, { ...price, microUsd: 25_000 }, by("Ana", 0, "The new contract"));
  await settings.setPrice(pro, { ...price, microUsd: 26_000, failed: "charged" }, by("Ben", 1));
  await configStore.put("price_flux_kontext_max", { modelId: max, price: { ...price, microUsd: -4 } }, by("Ben"));
  const prices = [
    [qwen, 30_000],
    [pro, 40_000],
    [seedream, 30_000],
  ] as const;
  for (let day = 29; day >= 0; day--) {
    for (const [index, [modelId, microUsd]] of prices.entries()) {
      const outputs = (day * (index + 3) * 7) % 11;
      const cost = { microUsd: microUsd * outputs * 12, basis: "table", priceVersion: "2026-04", outputs } as const;
      if (outputs > 0) await addRun({ modelId, state: day % 9 === index ? "failed" : "succeeded", cost }, day);
    }
  }
  await budgets.set({ id: "everything", period: "month", limitMicroUsd: 250_000_000 }, { author: { name: "Ana" } });
  await budgets.set({ id: "oak-street", projectId, period: "week", limitMicroUsd: 1_000_000, isHard: false }, { author: { name: "Ana" } });
  await budgets.reserve({ runId: "run-1", modelId: pro, projectId, microUsd: 840_000 });
  await budgets.settle("run-1", 810_000);
}

it.each(looks)("every view is well formed to axe and looks at us: %s", async (look, width, colorScheme) => {
  const reports: string[] = [];
  const options = { viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce", bypassCSP: true } as const;
  const { page, go } = await openAdmin(browser.browser, server.address, "Ana", options);
  await page.evaluate(axeScript);

  const view = async (name: string) => {
    await page.waitForFunction(() => document.querySelector("[aria-busy=true], .waiting") === null);
    await see(name);
  };
  const see = async (name: string) => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(pictures, `${name}-${look}.png`), fullPage: true });
    reports.push(...(await findFaults(page, name)));
  };

  await page.getByRole("heading", { name: "Flux Kontext Pro" }).waitFor();
  await view("models");
  await page.getByRole("button", { name: "Make active: Flux Kontext Pro" }).click();
  await view("models-switch");
  await page.keyboard.press("Escape");

  await go(`#/models/${pro}`);
  await page.getByLabel("Aspect ratio").waitFor();
  await view("settings");
  await page.getByLabel("Aspect ratio").selectOption({ label: "16:9" });
  await page.getByLabel("Seed", { exact: true }).fill("1.5");
  await page.getByRole("button", { name: /Output format: Use default/ }).click();
  await page.getByText("2 without effect").click();
  await view("settings-wrong");
  await page.getByLabel("Seed", { exact: true }).fill("7");
  await page.getByText("A staging costs").waitFor();
  await view("settings-changed");
  const { version = 0 } = (await server.settings.history({ setting: "config", modelId: pro })).versions[0] ?? {};
  const seed = 1_000 + version;
  await server.settings.saveConfig(
    pro,
    { safety_tolerance: 5, output_format: "jpg", seed },
    { author: { name: "Ben" }, expectedVersion: version },
  );
  await page.getByLabel("Seed", { exact: true }).fill("8");
  await page.getByText("saved a newer version").waitFor();
  await page.getByText("See what changed").click();
  await view("settings-conflict");
  await page.getByRole("button", { name: "Keep editing" }).click();

  await go("#/models/acme/room-stager");
  await page.getByRole("group", { name: "Materials" }).getByRole("button", { name: "Add" }).click();
  await page.getByLabel("Warmth", { exact: true }).fill("-2");
  await page.getByRole("group", { name: "Avoid" }).getByRole("button", { name: "Add" }).click();
  await view("settings-registered");

  await go(`#/models/${pro}/history`);
  await page.getByText("Stricter, and repeatable").waitFor();
  await view("history");
  await page.getByRole("button", { name: "Restore version 1" }).click();
  await view("history-restore");
  await page.keyboard.press("Escape");

  await go(`#/models/${seedream}/price`);
  await page.getByLabel("US dollars").fill("0.0");
  await view("price-wrong");
  await page.getByRole("button", { name: "Discard" }).click();
  await view("price");
  await go(`#/models/${pro}/price`);
  await page.getByText("Earlier prices").click();
  await page.getByText("The new contract").waitFor();
  await view("price-own");
  await page.getByLabel("US dollars").fill("0.05");
  await page.getByLabel("A failed prediction").selectOption({ label: "Not known" });
  await page.getByText("now $0.0").waitFor();
  await view("price-changed");
  const { price: stored, version: priceVersion } = await server.settings.price(pro);
  if (stored === null || priceVersion === null) throw new Error("there is no price");
  const dearer = { ...stored, microUsd: stored.microUsd + 1_000 };
  await server.settings.setPrice(pro, dearer, { author: { name: "Ben" }, expectedVersion: priceVersion });
  await page.getByLabel("US dollars").fill("0.051");
  await page.getByText("saved a newer version").waitFor();
  await page.getByText("See what changed").click();
  await view("price-conflict");
  await page.getByRole("button", { name: "Discard mine" }).click();
  await page.getByRole("button", { name: "Reset to the built-in price" }).click();
  await view("price-reset");
  await page.keyboard.press("Escape");
  await go(`#/models/${max}/price`);
  await page.getByText("The stored price cannot be read").waitFor();
  await view("price-unreadable");

  await go(`#/models/${pro}/try`);
  await page.getByText("Costs about").waitFor();
  await view("try-empty");
  await page.getByLabel("Photo", { exact: true }).setInputFiles({ name: "room.jpg", mimeType: "image/jpeg", buffer: photo });
  await page.getByRole("button", { name: "Stage this photo" }).click();
  await page.getByText("Would you use it?").waitFor();
  await page.getByAltText("The room, staged").evaluate((image: HTMLImageElement) => image.decode());
  await view("try");

  await go("#/projects");
  await page.getByRole("link", { name: projectId }).waitFor();
  await view("projects");
  await go(`#/projects/${projectId}`);
  await page.getByRole("rowheader", { name: "Output quality" }).waitFor();
  await view("project");
  await page.getByRole("link", { name: "Change for this project" }).click();
  await page.getByLabel("Output quality", { exact: true }).waitFor();
  await view("project-settings");

  await go("#/costs");
  await page.locator(".chart canvas").waitFor();
  await page.getByText("everything", { exact: true }).waitFor();
  await view("costs");
  await page.getByRole("button", { name: "Add a budget" }).click();
  await view("costs-budget");
  await page.getByLabel("Name").fill("spring");
  await page.getByLabel("Limit in dollars").fill("250");
  await page.evaluate(() => sessionStorage.setItem("restage-admin-token", "-"));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Please sign in" }).waitFor();
  await see("sign-in-again");
  await page.getByLabel("Access token").fill("Ana");
  await page.keyboard.press("Enter");
  await page.getByText("You were signed out").waitFor();
  await view("signed-in-again");
  await page.keyboard.press("Escape");

  await server.settings.pause({ reason: "Replicate is down", author: { name: "Ben" }, projectId });
  await go(`#/projects/${projectId}`);
  await page.getByText("Replicate is down").waitFor();
  await view("paused");
  await server.settings.unpause({ author: { name: "Ben" }, projectId });
  await go("#/nowhere");
  await page.getByRole("heading", { name: "Nothing is here" }).waitFor();
  await view("missing");
  await page.evaluate(() => {
    sessionStorage.clear();
    location.hash = "#/";
  });
  await page.getByRole("heading", { name: "Please sign in" }).waitFor();
  await see("sign-in");
  expect(reports).toEqual([]);
  await page.context().close();
});

/** What axe finds serious, and whether the view is wider than the window. */
async function findFaults(page: Page, name: string): Promise<readonly string[]> {
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  const faults = violations
    .filter(({ impact }) => impact !== "minor")
    .map(({ id, impact, nodes }) => `${name}: ${id} (${impact}) ${nodes.map(({ target }) => target).join(", ")}`);
  const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  return isTooWide ? [...faults, `${name}: wider than the window`] : faults;
}
