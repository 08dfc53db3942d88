import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { tsImport } from "tsx/esm/api";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sampleRooms } from "../../src/cli/sample-rooms.ts";
import type { FormProperty } from "../../src/model/form-schema.ts";
import type { Registry } from "../../src/model/registry.ts";
import { type OpenAdmin, openAdmin } from "./open-admin.ts";
import { openBrowser } from "./open-browser.ts";
import { otherValue } from "./other-value.ts";
import { type AdminServer, serveAdmin } from "./serve-admin.ts";

const pro = "black-forest-labs/flux-kontext-pro";
const qwen = "qwen/qwen-image-edit";

let browser: Awaited<ReturnType<typeof openBrowser>>;
let photo: Buffer;
const servers: AdminServer[] = [];

beforeAll(async () => {
  const [room] = sampleRooms;
  if (room === undefined) throw new Error("there is no sample room");
  [browser, photo] = await Promise.all([openBrowser(), sharp(Buffer.from(room.svg)).resize(600).jpeg().toBuffer()]);
});
afterAll(() => browser?.close());
afterEach(async () => {
  await Promise.all(browser.browser.contexts().map((context) => context.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(registry?: Registry): Promise<AdminServer> {
  const server = await serveAdmin(registry);
  servers.push(server);
  return server;
}

const open = (server: AdminServer, token: string | null = "Ana") => openAdmin(browser.browser, server.address, token);
const by = (name: string, expectedVersion = 0) => ({ author: { name }, expectedVersion });
const status = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text }).waitFor();
const textOf = async (locator: Locator) => (await locator.allInnerTexts()).join(" ");
const seedOf = (page: Page) => page.getByLabel("Seed", { exact: true });

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await status(page, /Saved as version/);
}

describe("a model's settings", () => {
  it("are changed, saved, and there after a reload", async () => {
    const server = await serve();
    const { page, complaints, go } = await open(server);
    await go(`#/models/${pro}`);
    await page.getByLabel("Aspect ratio").selectOption({ label: "16:9" });
    await seedOf(page).fill("42");
    await page.getByLabel("Safety tolerance", { exact: true }).press("Home");
    const changes = page.getByRole("complementary");
    await changes.getByRole("heading", { name: "3 changes not saved" }).waitFor();
    const listed = await changes.locator(".differences li").allInnerTexts();
    expect(listed.map((text) => text.split(/\s+/).join(" "))).toEqual([
      "Aspect ratio from Match input image default to 16:9",
      "Seed from not set default to 42",
      "Safety tolerance from 4 default to 1",
    ]);
    await page.getByLabel("Note (optional)").fill("Wide, and strict");
    await save(page);
    await page.getByText("Version 1. Change a field").waitFor();
    await page.reload();
    await expect.poll(() => seedOf(page).inputValue()).toBe("42");
    expect(await page.getByLabel("Aspect ratio").locator("option:checked").textContent()).toBe("16:9");
    expect(await page.getByLabel("Safety tolerance", { exact: true }).inputValue()).toBe("1");
    const [newest] = (await server.settings.history({ setting: "config", modelId: pro })).versions;
    expect(newest).toMatchObject({
      version: 1,
      note: "Wide, and strict",
      author: { name: "Ana" },
      value: { config: { aspect_ratio: "16:9", seed: 42, safety_tolerance: 1 } },
    });
    expect(complaints).toEqual([]);
  });

  it("keep what was typed through an accidental reload, and another view", async () => {
    const { page, go } = await open(await serve());
    await go(`#/models/${pro}`);
    await seedOf(page).fill("7");
    await page.reload();
    await expect.poll(() => seedOf(page).inputValue()).toBe("7");
    await go("#/projects");
    await page.getByRole("heading", { name: "Projects" }).waitFor();
    await go(`#/models/${pro}`);
    await expect.poll(() => seedOf(page).inputValue()).toBe("7");
    await page.getByRole("button", { name: "Discard" }).click();
    await expect.poll(() => seedOf(page).inputValue()).toBe("");
  });

  it("say at its field why a value is wrong, and are not saved with it", async () => {
    const server = await serve();
    const { page, complaints, go } = await open(server);
    await go(`#/models/${pro}`);
    await seedOf(page).fill("1.5");
    const tolerance = page.getByLabel("Safety tolerance, exact value");
    await tolerance.fill("9");
    const reasonOf = (input: Locator) =>
      input.evaluate((element) => {
        const ids = element.getAttribute("aria-describedby")?.split(" ") ?? [];
        return `${element.ariaInvalid} ${ids.map((id) => document.getElementById(id)?.getAttribute("role") === "alert" && document.getElementById(id)?.textContent).filter(Boolean)}`;
      });
    await expect.poll(() => reasonOf(seedOf(page))).toBe("true Enter a whole number.");
    await expect.poll(() => reasonOf(tolerance)).toBe("true Enter a number from 1 to 6.");
    const button = page.getByRole("button", { name: "Save", exact: true });
    expect(await button.isDisabled()).toBe(true);
    await seedOf(page).press("Enter");
    await page.getByRole("complementary").getByRole("link", { name: "Seed" }).click();
    expect(await seedOf(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await seedOf(page).fill("15");
    await tolerance.fill("6");
    await save(page);
    expect((await server.settings.history({ setting: "config", modelId: pro })).versions).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it("are rolled back from the history, and reset", async () => {
    const server = await serve();
    await server.settings.saveConfig(pro, { seed: 1 }, by("Ana"));
    await server.settings.saveConfig(pro, { seed: 2, output_format: "jpg" }, by("Ben", 1));
    const { page, complaints, go } = await open(server);
    await go(`#/models/${pro}/history`);
    await page.getByText("Stored just now by Ben").waitFor();
    await page.getByRole("button", { name: "Restore version 1" }).click();
    const dialog = page.getByRole("dialog", { name: "Restore version 1?" });
    await dialog.getByLabel("Note (optional)").fill("Ben was wrong");
    await dialog.getByRole("button", { name: "Restore" }).click();
    await status(page, "Version 1 is restored as version 3.");
    await page.getByText("Ben was wrong").waitFor();
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await expect.poll(() => seedOf(page).inputValue()).toBe("1");
    await page.getByRole("button", { name: "Reset all to the defaults" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
    await status(page, "Reset.");
    await expect.poll(() => seedOf(page).inputValue()).toBe("");
    await page.getByText("Nothing is stored yet").waitFor();
    // What was stored before a reset can be restored, too.
    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.getByRole("button", { name: "Restore version 2" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
    await status(page, "Version 2 is restored as version 5.");
    expect((await server.settings.config(pro)).config).toMatchObject({ seed: 2, output_format: "jpg" });
    expect(complaints).toEqual([]);
  });

  it("that are stored and cannot be used say so, and can be corrected", async () => {
    const server = await serve();
    const value = { modelId: pro, config: { safety_tolerance: 99, output_format: "webp", of_a_later_release: 1 } };
    await server.configStore.put("model_config_flux_kontext_pro", value, {
      expectedVersion: 0,
      author: { name: "Somebody" },
      note: null,
    } as never);
    const { page, complaints, go } = await open(server);
    await go(`#/models/${pro}`);
    await page.getByRole("alert").filter({ hasText: "What is stored cannot be used." }).waitFor();
    await page.getByText("not known to this release: of_a_later_release").waitFor();
    await page.locator("[data-field=safety_tolerance]").getByText("Enter a number from 1 to 6.").waitFor();
    await page.getByRole("button", { name: "Safety tolerance: Use default: 4" }).click();
    await page.getByRole("radio", { name: "jpg" }).check();
    await save(page);
    await page.getByText("What is stored cannot be used.").waitFor({ state: "detached" });
    const { value: stored } =
      (await server.configStore.getMany(["model_config_flux_kontext_pro"])).get("model_config_flux_kontext_pro") ?? {};
    expect(stored).toMatchObject({ config: { output_format: "jpg", of_a_later_release: 1 } });
    expect(complaints).toEqual([]);
  });

  it("fold away what has no effect", async () => {
    const { page, go } = await open(await serve());
    await go(`#/models/${pro}`);
    await page.getByText("2 without effect on this model").waitFor();
    expect(await page.getByLabel("Number of outputs").isVisible()).toBe(false);
    await page.getByText("2 without effect on this model").click();
    expect(await page.getByLabel("Number of outputs").isVisible()).toBe(true);
    expect(await page.getByLabel("Number of outputs").isDisabled()).toBe(true);
  });

  it("can be looked at by whoever may not change them", async () => {
    const { page, complaints, go } = await open(await serve(), "reader");
    await page.getByRole("heading", { name: "Qwen Image Edit" }).waitFor();
    expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
    await go(`#/models/${pro}`);
    await expect.poll(() => page.getByLabel("Aspect ratio").isDisabled()).toBe(true);
    await go(`#/models/${pro}/try`);
    await page.getByText("but not spend money").waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("two browsers at once", () => {
  async function conflict(mine: (page: Page) => Promise<void>): Promise<{ readonly server: AdminServer; readonly second: OpenAdmin }> {
    const server = await serve();
    const [first, second] = await Promise.all([open(server, "Ana"), open(server, "Ben")]);
    await Promise.all([first, second].map(({ go }) => go(`#/models/${pro}`)));
    await seedOf(second.page).waitFor();
    await seedOf(first.page).fill("1");
    await first.page.getByLabel("Note (optional)").fill("Repeatable");
    await save(first.page);
    await mine(second.page);
    await second.page.getByRole("alert").filter({ hasText: "Ana saved a newer version" }).waitFor();
    return { server, second };
  }

  it("tell the second, who loses nothing and saves over it", async () => {
    const { server, second } = await conflict(async (page) => {
      await page.getByRole("checkbox", { name: "Prompt upsampling" }).check();
      await page.getByRole("button", { name: "Save", exact: true }).click();
    });
    const { page, complaints } = second;
    await page.getByText("“Repeatable”").waitFor();
    await page.getByText("You changed other fields, so both fit together.").waitFor();
    expect(await page.getByRole("checkbox", { name: "Prompt upsampling" }).isChecked()).toBe(true);
    await page.getByText("See what changed").click();
    await page.getByRole("alert").getByRole("listitem").filter({ hasText: /Seed/ }).filter({ hasText: "1" }).waitFor();
    await page.getByRole("button", { name: "Save mine over it" }).click();
    await status(page, "Saved as version 2.");
    expect((await server.settings.config(pro)).config).toMatchObject({ seed: 1, prompt_upsampling: true });
    expect(complaints).toEqual([]);
  });

  it("say which fields both changed, and let the second go on editing", async () => {
    // Told while typing, before a save is tried.
    const { server, second } = await conflict((page) => seedOf(page).fill("2"));
    const { page } = second;
    await page.getByText("Both of you changed Seed. If you save, yours counts.").waitFor();
    expect(await seedOf(page).inputValue()).toBe("2");
    await page.getByRole("button", { name: "Keep editing" }).click();
    await page.getByRole("heading", { name: "1 change not saved" }).waitFor();
    expect(await textOf(page.getByRole("complementary").locator(".differences li").first())).toMatch(/from\s+1\s+to\s+2/);
    await save(page);
    expect((await server.settings.config(pro)).config).toMatchObject({ seed: 2 });
  });

  it("let the second give way", async () => {
    const { server, second } = await conflict((page) => seedOf(page).fill("2"));
    await second.page.getByRole("button", { name: "Discard mine" }).click();
    await expect.poll(() => seedOf(second.page).inputValue()).toBe("1");
    expect((await server.settings.history({ setting: "config", modelId: pro })).versions).toHaveLength(1);
  });
});

describe("a model that the service registered", () => {
  it("gets a form with every kind of field, under the strict policy", async () => {
    const examples = await tsImport("../../examples/forms/models.ts", { parentURL: import.meta.url, tsconfig: "examples/tsconfig.json" });
    const models: Registry = examples.models;
    const server = await serve(models);
    const { page, complaints } = await open(server);
    await page.getByRole("link", { name: "Room Stager", exact: true }).click();
    const { jsonSchema, defaults, fields } = models.describe("acme/room-stager");
    const expected: Record<string, unknown> = {};
    for (const { name, no_effect } of fields) {
      const property = jsonSchema.properties[name];
      if (property === undefined || no_effect !== undefined) continue;
      const value = otherValue(property, defaults[name]);
      await setField(page, property, value);
      expected[name] = value;
    }
    await save(page);
    const [newest] = (await server.settings.history({ setting: "config", modelId: "acme/room-stager" })).versions;
    expect(newest).toMatchObject({ value: { config: expected } });
    await page.getByRole("button", { name: "Strength: Use default: 0.6" }).click();
    await save(page);
    const { config, origins } = await server.settings.config("acme/room-stager");
    expect([(config as unknown as { strength: number }).strength, origins]).toMatchObject([0.6, { strength: "default", steps: "global" }]);
    expect(complaints).toEqual([]);
  });
});

/** Enters a value as a person does. */
async function setField(page: Page, { title = "", type, oneOf, items }: FormProperty, value: unknown): Promise<void> {
  if (Array.isArray(value)) {
    const group = page.getByRole("group", { name: title, exact: true });
    const remove = group.getByRole("button", { name: /^Remove/ });
    for (let left = await remove.count(); left > 0; left--) await remove.first().click();
    for (const [index, item] of value.entries()) {
      await group.getByRole("button", { name: "Add" }).click();
      const input = group.locator(".item").nth(index);
      const option = items?.oneOf?.find((each) => each.const === item)?.title;
      if (option === undefined) await input.locator("input").fill(String(item));
      else await input.locator("select").selectOption({ label: option });
    }
    return;
  }
  const option = oneOf?.find((each) => each.const === value)?.title;
  const segments = page.getByRole("radiogroup", { name: title, exact: true });
  if (option !== undefined && (await segments.count()) > 0) return segments.getByRole("radio", { name: option, exact: true }).check();
  const field = page.getByLabel(title, { exact: true });
  if (option !== undefined) return void (await field.selectOption({ label: option }));
  if (type === "boolean") return field.setChecked(value === true);
  const exact = page.getByLabel(`${title}, exact value`);
  const input = (await exact.count()) > 0 ? exact : field;
  await input.fill("");
  // Key by key: half a number is none.
  await input.pressSequentially(String(value));
}

describe("the active model", () => {
  it("is switched, and one that cannot stage a photo says why", async () => {
    const server = await serve();
    const { page, complaints } = await open(server);
    const seedream = page.getByRole("listitem").filter({ hasText: "bytedance/seedream-3" });
    await seedream
      .getByText(/^Takes no photo/)
      .last()
      .waitFor();
    expect(await seedream.getByRole("button").count()).toBe(0);
    await page.getByRole("button", { name: "Make active: Flux Kontext Pro" }).click();
    await page.getByRole("dialog").getByLabel("Note (optional)").fill("Better windows");
    await page.getByRole("dialog").getByRole("button", { name: "Make active" }).click();
    await status(page, "Flux Kontext Pro is now the active model.");
    await page.getByRole("listitem").filter({ hasText: pro }).getByText("Active", { exact: true }).waitFor();
    expect(await server.settings.active()).toMatchObject({ modelId: pro });
    await page.getByText("Which model was active when").click();
    await page.getByText("Better windows").waitFor();
    expect(complaints).toEqual([]);
  });

  it("is not switched over somebody else's choice", async () => {
    const server = await serve();
    const { page } = await open(server);
    await page.getByRole("button", { name: "Make active: Flux Kontext Pro" }).click();
    await server.settings.setActive("bytedance/seedream-4", by("Ben"));
    await page.getByRole("dialog").getByRole("button", { name: "Make active" }).click();
    await page.getByRole("dialog").getByRole("alert").getByText("Somebody else has changed this").waitFor();
    expect(await server.settings.active()).toMatchObject({ modelId: "bytedance/seedream-4" });
  });

  it("is paused by two at once, and the second is told", async () => {
    const server = await serve();
    const { page } = await open(server);
    await page.getByRole("button", { name: "Pause staging" }).click();
    await server.settings.pause({ reason: "Moving house", ...by("Ben") });
    await page.getByRole("dialog").getByLabel("Reason").fill("Lunch");
    await page.getByRole("dialog").getByRole("button", { name: "Pause staging" }).click();
    await page.getByRole("region", { name: "Staging is paused" }).getByText("Moving house").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("is paused by what cannot be read, and says so", async () => {
    const server = await serve();
    await server.configStore.put("pause", { reason: 5 }, by("Ben"));
    const { page } = await open(server);
    await page.getByRole("region", { name: "Staging is paused" }).getByText("cannot be read").waitFor();
    expect(await page.getByRole("button", { name: "Pause staging" }).count()).toBe(0);
    await page.getByRole("button", { name: "Resume staging" }).click();
    await page.getByRole("region", { name: "Staging is paused" }).waitFor({ state: "detached" });
    expect(await server.settings.paused()).toBeNull();
  });

  it("is paused with a reason, and resumed", async () => {
    const server = await serve();
    const { page, complaints, go } = await open(server);
    await page.getByRole("button", { name: "Pause staging" }).click();
    await page.getByRole("dialog").getByLabel("Reason").fill("Replicate is down");
    await page.getByRole("dialog").getByRole("button", { name: "Pause staging" }).click();
    await page.getByRole("region", { name: "Staging is paused" }).filter({ hasText: "Replicate is down" }).waitFor();
    expect(await server.settings.paused()).toMatchObject({ reason: "Replicate is down", author: { name: "Ana" } });
    await go("#/costs");
    await page.getByRole("button", { name: "Resume staging" }).click();
    await status(page, "Staging goes on.");
    expect(await server.settings.paused()).toBeNull();
    expect(complaints).toEqual([]);
  });
});

describe("a price", () => {
  const amountOf = (page: Page) => page.getByLabel("US dollars");
  const estimateIn = (page: Page) => page.getByRole("complementary").locator(".estimate");
  const priceOf = (server: AdminServer) => server.settings.price(pro);
  const contract = { per: "output_image", microUsd: 25_000, asOf: "2026-11-20", source: "Our contract" } as const;

  it("of one's own is set once its dry run has told what changes, counts at once, and is reset", async () => {
    const server = await serve();
    const { page, complaints, go } = await open(server);
    await page.getByRole("listitem").filter({ hasText: pro }).getByRole("link", { name: "$0.04 an image" }).click();
    const facts = page.locator(".form .facts");
    await expect.poll(() => textOf(facts)).toMatch(/\$0.04 an image[\s\S]*about \$0.04[\s\S]*This release[\s\S]*2026-11[\s\S]*price lists/);
    const panel = page.getByRole("complementary");
    // In floating point 1,004,999.9999999999 micro-dollars.
    await amountOf(page).fill(" $1.005 ");
    const button = page.getByRole("button", { name: "Save", exact: true });
    expect(await button.isDisabled()).toBe(true);
    // Nobody came to it yet: it is named, but not marked.
    expect(await page.locator("[data-field=source] [role=alert]").count()).toBe(0);
    await panel.getByRole("link", { name: "Source" }).click();
    await page.keyboard.type("Our contract");
    await page.getByLabel("As of").fill("2026-11-20");
    await page.getByLabel("A failed prediction").selectOption({ label: "Costs nothing" });
    await expect.poll(() => textOf(estimateIn(page))).toBe("A staging costs about $1.005; now $0.04");
    const listed = await panel.locator(".differences li").allInnerTexts();
    expect(listed.map((text) => text.split(/\s+/).join(" "))).toEqual([
      "US dollars from 0.04 built in to $1.005",
      "A failed prediction from Not known built in to Costs nothing",
      "As of from 2026-11 built in to 2026-11-20",
      "Source from price lists, several sources built in to Our contract",
    ]);
    expect(await priceOf(server)).toMatchObject({ origin: "default" });
    await panel.getByLabel("Note (optional)").fill("As signed");
    await button.click();
    await status(page, "Saved as version 1.");
    expect((await priceOf(server)).price).toEqual({ ...contract, microUsd: 1_005_000, failed: "free" });
    await page.locator(".model-about").getByText("$1.005 an image").waitFor();
    await expect.poll(() => textOf(facts)).toMatch(/The owner, for all projects/);
    expect(await amountOf(page).inputValue()).toBe("1.005");
    await page.getByText("Earlier prices").click();
    await page.getByText("As signed").waitFor();
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await expect.poll(() => textOf(estimateIn(page))).toBe("A staging costs about $1.005");
    await page.getByRole("link", { name: "Price", exact: true }).click();
    await page.getByRole("button", { name: "Reset to the built-in price: $0.04 an image" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
    await status(page, "The built-in price counts again.");
    await page.locator(".model-about").getByText("$0.04 an image").waitFor();
    await page.getByText("Earlier prices").click();
    await page.getByRole("button", { name: "Restore version 1" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
    await page.locator(".model-about").getByText("$1.005 an image").waitFor();
    expect(await priceOf(server)).toMatchObject({ price: { microUsd: 1_005_000 }, version: 3 });
    await go(`#/projects/oak/models/${pro}`);
    await seedOf(page).waitFor();
    expect(await page.getByRole("link", { name: "Price", exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("is not sent while anything of it is wrong", async () => {
    const server = await serve();
    const { page, go } = await open(server);
    await go(`#/models/${pro}/price`);
    await page.getByLabel("Source").fill("Our contract");
    const button = page.getByRole("button", { name: "Save", exact: true });
    const wrong = (field: string) => page.locator(`[data-field=${field}] [role=alert]`).count();
    for (const amount of ["", "four", "-1", "1,000", "0.0000001", "1000.01", "1e-2"]) {
      await amountOf(page).fill("1");
      await expect.poll(() => button.isEnabled()).toBe(true);
      await amountOf(page).fill(amount);
      await expect.poll(() => button.isDisabled(), { message: amount }).toBe(true);
    }
    expect([await wrong("amount"), await amountOf(page).getAttribute("aria-invalid")]).toEqual([1, "true"]);
    await amountOf(page).fill("0,5");
    await page.getByLabel("As of").fill("2026-02-30");
    await expect.poll(() => wrong("asOf")).toBe(1);
    await page.getByLabel("As of").press("Enter");
    await page.getByLabel("As of").fill("2026-02");
    await page.getByLabel("For each").selectOption({ label: "Second of computing" });
    await expect.poll(() => textOf(estimateIn(page))).toMatch("A staging costs about $5.00");
    await save(page);
    const { versions } = await server.settings.history({ setting: "price", modelId: pro });
    expect(versions).toMatchObject([{ value: { price: { per: "second", microUsd: 500_000, asOf: "2026-02", source: "Our contract" } } }]);
  });

  it("is not set over somebody else's, unless that is what is asked for", async () => {
    const server = await serve();
    const { page, complaints, go } = await open(server);
    await go(`#/models/${pro}/price`);
    await amountOf(page).fill("0.03");
    await page.getByLabel("Source").fill("The invoice");
    await estimateIn(page).getByText("$0.03").waitFor();
    await server.settings.setPrice(pro, contract, by("Ben"));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const notice = page.getByRole("alert").filter({ hasText: "Ben saved a newer version" });
    await notice.getByText("Both of you changed US dollars and Source. If you save, yours counts.").waitFor();
    await notice.getByText("See what changed").click();
    expect(await textOf(notice.getByRole("listitem").first())).toMatch(/0\.04 built in\s+to\s+0\.025/);
    expect([await amountOf(page).inputValue(), await page.getByLabel("Source").inputValue()]).toEqual(["0.03", "The invoice"]);
    expect(await priceOf(server)).toMatchObject({ price: contract, version: 1 });
    await page.getByRole("button", { name: "Save mine over it" }).click();
    await status(page, "Saved as version 2.");
    // What was not touched is the newer one's.
    expect(await priceOf(server)).toMatchObject({ price: { microUsd: 30_000, source: "The invoice", asOf: "2026-11-20" } });
    expect(complaints).toEqual([]);
  });

  it("that is stored and cannot be read says so, and is taken away or replaced", async () => {
    const server = await serve();
    const unreadable = { modelId: pro, price: { ...contract, microUsd: 0.5 } };
    await server.configStore.put("price_flux_kontext_pro", unreadable, by("Somebody"));
    const { page, complaints, go } = await open(server);
    await go(`#/models/${pro}`);
    const notice = page.getByRole("region", { name: "The stored price cannot be read" });
    await notice.getByText("must be whole micro-dollars").waitFor();
    // Nothing is wrong with the settings.
    await seedOf(page).waitFor();
    expect(await page.getByText("What is stored cannot be used.").count()).toBe(0);
    await notice.getByRole("button", { name: "Take it away" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take it away" }).click();
    await notice.waitFor({ state: "detached" });
    expect(await priceOf(server)).toMatchObject({ origin: "default", price: { microUsd: 40_000 } });
    await server.configStore.put("price_flux_kontext_pro", unreadable, by("Somebody"));
    await page.reload();
    await page.getByRole("link", { name: "Price", exact: true }).click();
    await notice.waitFor();
    await amountOf(page).fill("0.03");
    await page.getByLabel("Source").fill("The invoice");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await status(page, "Saved as version 4.");
    await notice.waitFor({ state: "detached" });
    expect(await priceOf(server)).toMatchObject({ price: { microUsd: 30_000 } });
    expect(complaints).toEqual([]);
  });

  it("is set by keyboard alone, and only looked at by whoever may not write", async () => {
    const server = await serve();
    const { page, go } = await open(server);
    await go(`#/models/${pro}/price`);
    await amountOf(page).focus();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("0.05");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Meg");
    await page.keyboard.press("Tab");
    await page.keyboard.type("The invoice");
    await page.keyboard.press("Enter");
    await status(page, "Saved as version 1.");
    expect(await priceOf(server)).toMatchObject({ price: { per: "megapixel", microUsd: 50_000, source: "The invoice" } });
    const reset = page.getByRole("button", { name: /^Reset to the built-in price/ });
    await reset.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    expect(await reset.evaluate((element) => element === document.activeElement)).toBe(true);
    const reader = await open(server, "reader");
    await reader.go(`#/models/${pro}/price`);
    await reader.page.locator(".form .facts").getByText("$0.05 a megapixel").waitFor();
    expect(await reader.page.getByRole("main").getByRole("button").count()).toBe(0);
    expect(await amountOf(reader.page).count()).toBe(0);
  });
});

describe("a project", () => {
  it("overrides field by field, and inherits again", async () => {
    const server = await serve();
    const projectId = "Öak street 12%";
    await server.settings.saveConfig(qwen, { output_quality: 60, go_fast: false }, by("Ana"));
    const { page, complaints, go } = await open(server);
    await go("#/projects");
    await page.getByLabel("Project id").fill(projectId);
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByRole("heading", { name: projectId }).waitFor();
    await page.getByRole("link", { name: "Change for this project" }).click();
    const quality = page.getByLabel("Output quality, exact value");
    expect(await quality.inputValue()).toBe("60");
    await quality.fill("95");
    await save(page);
    await go("#/projects");
    await page.getByRole("link", { name: projectId }).click();
    const rowOf = (title: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: title, exact: true }) });
    await rowOf("Output quality").filter({ hasText: "This project" }).waitFor();
    expect(await textOf(rowOf("Fast mode"))).toMatch(/off[\s\S]*Global settings/);
    expect(await textOf(rowOf("Output format"))).toMatch(/webp\s+Default/);
    expect((await server.settings.config(qwen, { projectId })).config).toMatchObject({ output_quality: 95, go_fast: false });
    await page.getByRole("link", { name: "Change for this project" }).click();
    await page.getByRole("button", { name: "Output quality: Inherit: 60" }).click();
    await save(page);
    expect((await server.settings.config(qwen, { projectId })).origins).toMatchObject({ output_quality: "global" });
    await go(`#/projects/${encodeURIComponent(projectId)}`);
    await page.getByLabel("Model of this project").selectOption({ label: "Flux Kontext Max" });
    await page.getByRole("dialog").getByRole("button", { name: "Use it" }).click();
    await page.getByRole("heading", { name: "Settings in force: Flux Kontext Max" }).waitFor();
    expect(await server.settings.active({ projectId })).toMatchObject({ origin: "project" });
    expect(complaints).toEqual([]);
  });
});

describe("a try", () => {
  it("stages a photo with settings that are not saved, tells the cost first, and shows both", async () => {
    const server = await serve();
    const { page, complaints, go } = await open(server);
    await go(`#/models/${pro}`);
    await page.getByLabel("Aspect ratio").selectOption({ label: "16:9" });
    await seedOf(page).fill("42");
    await page.getByRole("link", { name: "Try it" }).click();
    await page.getByText("Costs about $0.04.").waitFor();
    const button = page.getByRole("button", { name: "Stage this photo" });
    expect(await button.isDisabled()).toBe(true);
    await page.getByLabel("Photo", { exact: true }).setInputFiles({ name: "room.jpg", mimeType: "image/jpeg", buffer: photo });
    await page.getByText("With 2 unsaved changes").waitFor();
    await button.click();
    await status(page, "The staged photo is there.");
    const [prediction] = server.replicate.predictions;
    expect(server.replicate.predictions).toHaveLength(1);
    expect(prediction).toMatchObject({ modelId: pro, input: { aspect_ratio: "16:9", seed: 42 } });
    const staged = page.getByAltText("The room, staged");
    expect(await staged.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(100);
    const slider = page.getByLabel("How much of the photo before staging is shown");
    await slider.press("End");
    expect(await slider.getAttribute("aria-valuetext")).toBe("100 % before");
    await page.getByRole("button", { name: "Yes" }).click();
    await page.getByRole("button", { name: "Yes", pressed: true }).waitFor();
    expect((await server.settings.history({ setting: "config", modelId: pro })).versions).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("goes on, and keeps its photo, while somebody looks at the settings", async () => {
    const server = await serve();
    const { page, go } = await open(server);
    await go(`#/models/${pro}/try`);
    await page.getByLabel("Photo", { exact: true }).setInputFiles({ name: "room.jpg", mimeType: "image/jpeg", buffer: photo });
    await page.getByLabel("Style").selectOption({ label: "Industrial" });
    await page.getByRole("button", { name: "Stage this photo" }).click();
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await seedOf(page).fill("42");
    await status(page, "The staged photo is there.");
    await page.getByRole("link", { name: "Try it" }).click();
    await page.getByAltText("The room, staged").waitFor();
    await page.getByText("With 1 unsaved change").waitFor();
    expect(await page.getByLabel("Style").locator("option:checked").textContent()).toBe("Industrial");
    await page.getByRole("button", { name: "Stage this photo" }).click();
    await status(page, "The staged photo is there.");
    expect(server.replicate.predictions).toMatchObject([{}, { input: { seed: 42 } }]);
  });

  it("takes a photo that can be sent", async () => {
    const server = await serve();
    const { page, go } = await open(server);
    await go(`#/models/${pro}/try`);
    const input = page.getByLabel("Photo", { exact: true });
    await input.setInputFiles({ name: "room.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(25_000_001) });
    await page.getByText("Choose one of at most 25 MB.").waitFor();
    await input.setInputFiles({ name: "room.heic", mimeType: "image/heic", buffer: photo });
    await page.getByText("Choose a JPEG, PNG, WebP or GIF.").waitFor();
    expect(await page.getByAltText("What you chose").count()).toBe(0);
  });

  it("is judged by two at once", async () => {
    const server = await serve();
    const { page, go } = await open(server);
    await go(`#/models/${pro}/try`);
    await page.getByLabel("Photo", { exact: true }).setInputFiles({ name: "room.jpg", mimeType: "image/jpeg", buffer: photo });
    await page.getByRole("button", { name: "Stage this photo" }).click();
    await status(page, "The staged photo is there.");
    const id = await page.getByText(/^run_/).textContent();
    const headers = { authorization: "Bearer Ben", "content-type": "application/json" };
    const { version } = await (await fetch(`${server.address}runs/${id}`, { headers })).json();
    const judged = { method: "PUT", headers: { ...headers, "if-match": `"${version}"` }, body: '{"accepted":false}' };
    expect((await fetch(`${server.address}runs/${id}/feedback`, judged)).status).toBe(200);
    await page.getByRole("button", { name: "Yes" }).click();
    await status(page, "Somebody else has changed this");
    await page.getByRole("button", { name: "No", pressed: true }).waitFor();
    await page.getByRole("button", { name: "Yes" }).click();
    await page.getByRole("button", { name: "Yes", pressed: true }).waitFor();
  });

  it("is paid once, though the answer gets lost and the server cannot be reached for a while", async () => {
    const server = await serve();
    const { page, go } = await open(server);
    await go(`#/models/${pro}/try`);
    await page.getByLabel("Photo", { exact: true }).setInputFiles({ name: "room.jpg", mimeType: "image/jpeg", buffer: photo });
    await page.route(
      "**/admin/try",
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await page.route("**/admin/runs/*", (route) => route.abort(), { times: 2 });
    const button = page.getByRole("button", { name: "Stage this photo" });
    await button.click();
    await page.getByText("The server cannot be reached.").waitFor();
    await button.click();
    await status(page, "The staged photo is there.");
    expect(server.replicate.predictions).toHaveLength(1);
    await button.click();
    await status(page, "The staged photo is there.");
    expect(server.replicate.predictions).toHaveLength(2);
  });

  it("says what went wrong", async () => {
    const server = await serve();
    server.replicate.outcomes.add({ kind: "failed", error: "NSFW content detected" } as never);
    const { page, go } = await open(server);
    await go(`#/models/${pro}/try`);
    await page.getByLabel("Photo", { exact: true }).setInputFiles({ name: "room.jpg", mimeType: "image/jpeg", buffer: photo });
    await page.getByRole("button", { name: "Stage this photo" }).click();
    await status(page, "The staging did not work.");
    await page.getByRole("region", { name: "Result" }).getByRole("alert").waitFor();
  });
});

describe("costs", () => {
  it("are loaded only where they are shown, by model and day, with budgets", async () => {
    const server = await serve();
    const cost = (microUsd: number) => ({ microUsd, basis: "table", priceVersion: "2026-04", outputs: 1 }) as const;
    await server.addRun({ modelId: pro, state: "succeeded", cost: cost(40_000) }, 3);
    await server.addRun({ modelId: qwen, state: "succeeded", cost: cost(30_000) }, 1);
    const { page, complaints, go } = await open(server);
    await page.getByRole("heading", { name: "Qwen Image Edit" }).waitFor();
    const loaded = () =>
      page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("costs-view")).length);
    expect(await loaded()).toBe(0);
    await go("#/costs");
    await page.getByText("$0.07").waitFor();
    expect(await loaded()).toBe(1);
    expect(await page.locator(".chart canvas").count()).toBe(1);
    expect(await textOf(page.getByRole("row").filter({ hasText: pro }))).toMatch(/1\s+0\s+0\s+\$0.04/);
    await page.getByRole("button", { name: "Add a budget" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("all-month");
    await dialog.getByLabel("Limit in dollars").fill("250.5");
    await dialog.getByRole("button", { name: "Save" }).click();
    await status(page, "The budget all-month is saved.");
    expect(await server.budgets.status()).toMatchObject([
      { budget: { id: "all-month", period: "month", limitMicroUsd: 250_500_000, isHard: true } },
    ]);
    await page.getByRole("button", { name: "Change the budget all-month" }).click();
    await page.getByRole("dialog").getByLabel("Limit in dollars").fill("300");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByText("of $300.00 a month").waitFor();
    await page.getByRole("button", { name: "Remove the budget all-month" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("There is no budget").waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("the page", () => {
  it("takes the token out of the address, and asks for one where there is none", async () => {
    const server = await serve();
    const withToken = await open(server, "Ana");
    await withToken.page.getByRole("heading", { name: "Qwen Image Edit" }).waitFor();
    expect(withToken.page.url()).toBe(`${server.address}#/`);
    const { page, complaints } = await open(server, null);
    await page.getByRole("heading", { name: "Please sign in" }).waitFor();
    await page.getByLabel("Access token").fill("Ben");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { name: "Qwen Image Edit" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("says once what is wrong", async () => {
    const server = await serve();
    const { page, go } = await open(server);
    await go("#/models/acme/none");
    const alert = page.getByRole("alert").filter({ hasText: "Unknown model" });
    await alert.waitFor();
    expect((await alert.textContent())?.match(/Unknown model/g)).toHaveLength(1);
    await go("#/projects/a%2Fb");
    const slash = page.getByRole("alert").filter({ hasText: "Invalid use of the setting" }).first();
    await slash.waitFor();
    expect((await slash.textContent())?.match(/holds a slash/g)).toHaveLength(1);
  });

  it("knows what the next person may do, and takes a token that is no escape", async () => {
    const server = await serve();
    const { page, complaints, go } = await open(server, "100%");
    await page.getByRole("heading", { name: "Please sign in" }).waitFor();
    const signIn = async (token: string) => {
      await page.getByLabel("Access token").fill(token);
      await page.getByRole("button", { name: "Continue" }).click();
    };
    await signIn("reader");
    await page.getByRole("heading", { name: "Qwen Image Edit" }).waitFor();
    const makeActive = page.getByRole("button", { name: "Make active: Flux Kontext Pro" });
    expect(await makeActive.count()).toBe(0);
    // The session ends.
    await page.route("**/admin/projects*", (route) => route.fulfill({ status: 401, json: {} }), { times: 1 });
    await go("#/projects");
    await signIn("Ana");
    await go("#/models");
    await makeActive.waitFor();
    expect(complaints).toEqual([]);
  });

  it("keeps what is typed while somebody signs in again, in a window and in a form", async () => {
    const server = await serve();
    const { page, complaints, go } = await open(server);
    await go(`#/models/${pro}`);
    await seedOf(page).fill("7");
    await page.getByLabel("Note (optional)").fill("Repeatable");
    await page.getByText("A staging costs").waitFor();
    const signIn = page.getByRole("dialog", { name: "Please sign in" });
    // The token runs out: nobody has it any more.
    const runOut = () => page.evaluate(() => sessionStorage.setItem("restage-admin-token", "-"));
    const enter = async (token: string) => {
      await signIn.waitFor();
      expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("token");
      await page.keyboard.type(token);
      await page.keyboard.press("Enter");
      await signIn.waitFor({ state: "detached" });
    };
    await runOut();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await enter("Ana");
    // Nothing is sent in somebody's name who has not asked for it.
    await page.getByRole("alert").filter({ hasText: "You were signed out, so nothing was done." }).waitFor();
    expect(await seedOf(page).inputValue()).toBe("7");
    expect(await page.getByLabel("Note (optional)").inputValue()).toBe("Repeatable");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Save");
    expect((await server.settings.history({ setting: "config", modelId: pro })).versions).toEqual([]);
    await save(page);
    await go("#/costs");
    await page.getByRole("button", { name: "Add a budget" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a budget" });
    await dialog.getByLabel("Name").fill("all-month");
    await dialog.getByLabel("Limit in dollars").fill("250");
    await runOut();
    await dialog.getByRole("button", { name: "Save" }).press("Enter");
    await signIn.waitFor();
    // Closed without a token it comes again.
    await page.keyboard.press("Escape");
    await enter("Ben");
    expect(await dialog.getByLabel("Name").inputValue()).toBe("all-month");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Save");
    await dialog.getByRole("button", { name: "Save" }).click();
    await status(page, "The budget all-month is saved.");
    expect(await server.budgets.status()).toMatchObject([{ budget: { id: "all-month", limitMicroUsd: 250_000_000 } }]);
    expect(complaints).toEqual([]);
  });

  it("works at an address without a slash at its end", async () => {
    const server = await serve();
    const { page, complaints } = await openAdmin(browser.browser, server.address.slice(0, -1), "Ana");
    await page.getByRole("heading", { name: "Qwen Image Edit" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("moves the focus with the view, and is used by keyboard alone", async () => {
    const server = await serve();
    const { page } = await open(server);
    await page.getByRole("heading", { name: "Qwen Image Edit" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe("main");
    await page.getByRole("link", { name: "Flux Kontext Pro", exact: true }).focus();
    await page.keyboard.press("Enter");
    await seedOf(page).waitFor();
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe("main");
    expect(await page.title()).toBe("Flux Kontext Pro – Restage");
    await seedOf(page).focus();
    await page.keyboard.type("12");
    await page.keyboard.press("Enter");
    await status(page, "Saved as version 1.");
    expect(await seedOf(page).evaluate((element) => element === document.activeElement)).toBe(true);
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await page.getByRole("button", { name: /^Seed: Use default/ }).press("Enter");
    await expect.poll(focused).toBe("Default");
    await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await status(page, "Saved as version 2.");
    await expect.poll(focused).toBe("Stored");
    await seedOf(page).fill("13");
    await page.getByRole("button", { name: "Discard" }).press("Enter");
    await expect.poll(focused).toBe("Stored");
    await seedOf(page).fill("14");
    await seedOf(page).press("Enter");
    await status(page, "Saved as version 3.");
    // A window keeps the focus, and Escape gives it back.
    const reset = page.getByRole("button", { name: "Reset all to the defaults" });
    await reset.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    expect(await reset.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
