import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

async function bundlePage(): Promise<string> {
  const { folder } = createConsumer("browser", ["zod"]);
  const result = await build({
    entryPoints: [join(folder, "page.js")],
    bundle: true,
    // An import of a Node module fails the build.
    platform: "browser",
    format: "iife",
    globalName: "page",
    write: false,
  });
  return result.outputFiles[0]?.text ?? "";
}

// What a page has beside the language itself, and nothing of Node.
const browser = () => ({ URL });

test("a browser bundle of restage/models builds an input", async () => {
  const result = runInContext(`${await bundlePage()}; page.result`, createContext(browser()));
  expect(result).toBe("ok");
});

test("the same bundle works under a strict content security policy, which forbids eval", async () => {
  const context = createContext(browser(), { codeGeneration: { strings: false, wasm: false } });
  expect(runInContext(`${await bundlePage()}; page.result`, context)).toBe("ok");
});
