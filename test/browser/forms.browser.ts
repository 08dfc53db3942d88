import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { tsImport } from "tsx/esm/api";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { FormProperty } from "../../src/model/form-schema.ts";
import type { Registry } from "../../src/model/registry.ts";
import { parseModelConfig } from "../../src/models/parse-model-config.ts";
import { expectFolded, expectShown, split } from "./expect-fields.ts";
import { openBrowser } from "./open-browser.ts";
import { openForm } from "./open-form.ts";
import { otherValue } from "./other-value.ts";
import { serveForms } from "./serve-forms.ts";
import { type Library, setField } from "./set-field.ts";

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

afterEach(() => Promise.all(browser.browser.contexts().map((context) => context.close())));

const open = (path: string, modelId: string, script?: string) => openForm(browser.browser, `${server.address}/${path}`, modelId, script);

describe.each(forms)("%s", (path, library) => {
  it.each(modelIds)("shows the settings of %s and takes them all", async (modelId) => {
    const description = models.describe(modelId);
    const { shown, folded } = split(description);
    const { page, complaints, save } = await open(path, modelId);
    await expectShown(page, library, shown);
    await expectFolded(page, library, folded);

    let stored: Readonly<Record<string, unknown>> = description.defaults;
    const expectSaved = async () => expect(await save()).toEqual({ status: "Saved.", stored });
    const enter = async (name: string, property: FormProperty, value: unknown) => {
      await setField(page, library, property, value);
      stored = { ...stored, [name]: value };
      await expectSaved();
    };

    await expectSaved();
    for (const [name, property] of shown) await enter(name, property, otherValue(property, stored[name]));
    expect({ ...parseModelConfig(modelId, stored, models) }).toEqual(stored);
    const picture = `${path}-${modelId}.png`.replaceAll("/", "-").replace(".html", "");
    await page.screenshot({ path: join(pictures, picture), fullPage: true });

    await page.reload();
    await expectSaved();
    for (const [name, property] of shown) {
      // Emptied in a library, a list is empty and not unset.
      if (property.items !== undefined && library !== "HTML") await enter(name, property, []);
      else if (Array.isArray(property.type)) await enter(name, property, null);
      else if (property.type === "string" && property.oneOf === undefined) await enter(name, property, "");
    }
    expect(complaints).toEqual([]);
  });

  it("never changes a stored value that the model refuses", async () => {
    const modelId = "black-forest-labs/flux-kontext-pro";
    const stored = { ...models.describe(modelId).defaults, output_format: "webp", seed: 7 };
    const script = `localStorage.setItem(${JSON.stringify(modelId)}, ${JSON.stringify(JSON.stringify(stored))})`;
    const { save } = await open(path, modelId, script);
    expect((await save()).stored).toEqual(stored);
  });

  it("saves what was typed just before Enter", async () => {
    const { page, save } = await open(path, "acme/room-stager");
    const strength = page.getByLabel("Strength", { exact: true });
    const typeAndEnter = async () => {
      await strength.fill("0.33");
      await strength.press("Enter");
    };
    expect((await save(typeAndEnter)).stored).toMatchObject({ strength: 0.33 });
  });

  it("refuses what the config refuses, and says so at the field", async () => {
    const { page, save } = await open(path, "acme/room-stager");
    // The browser's own checks would come first.
    await page.locator("form").evaluate((form: HTMLFormElement) => form.setAttribute("novalidate", ""));
    const strength = page.getByLabel("Strength", { exact: true });
    await strength.fill("");
    expect(await save()).toMatchObject({ status: expect.stringMatching(/^Not saved/), stored: null });
    await strength.fill("7");
    expect(await save()).toMatchObject({ status: expect.stringMatching(/^Not saved/), stored: null });
    const said = page.locator(".rjsf-field-number, .control").filter({ has: strength }).locator(".text-danger, .validation_error");
    if (library === "HTML") expect(await strength.evaluate((input: HTMLInputElement) => input.validationMessage)).not.toBe("");
    else await said.waitFor();
  });
});

const strict = forms.filter(([path]) => path.startsWith("strict/"));

describe("under a strict Content-Security-Policy", () => {
  it.each(strict)("no code is made from text in %s", async (path) => {
    const { page } = await open(path, "qwen/qwen-image-edit");
    // In a task of the page's own: the policy does not bind what comes from the debugger.
    const outcome = await page.evaluate(
      () =>
        new Promise((done) =>
          setTimeout(() => {
            try {
              done(new Function("return 'made'")());
            } catch (error) {
              done((error as Error).name);
            }
          }),
        ),
    );
    expect(outcome).toBe("EvalError");
  });

  it("the models work where zod tries to make code, too, and the browser reports it", async () => {
    const script = "globalThis.__zod_globalConfig = Object.defineProperty({}, 'jitless', { get: () => false, set() {} })";
    const { complaints, save } = await open("strict/plain.html", "qwen/qwen-image-edit", script);
    expect((await save()).status).toBe("Saved.");
    expect(complaints).toContain("blocked eval");
  });

  it("RJSF's own validator takes nothing for valid", async () => {
    const { complaints, save } = await open("strict/rjsf.html", "qwen/qwen-image-edit");
    expect(await save()).toEqual({ status: "Not saved.", stored: null });
    expect(complaints).toContain("blocked eval");
  });

  it("JSON Forms shows no form when it validates", async () => {
    const { complaints, page } = await open("strict/json-forms.html", "qwen/qwen-image-edit");
    await expect.poll(() => complaints).toContain("blocked eval");
    expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);
  });
});
