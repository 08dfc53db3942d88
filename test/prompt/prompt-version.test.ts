import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { promptVersion } from "../../src/prompt/prompt-version.ts";
import { allPrompts } from "./all-prompts.ts";
import { promptHashes } from "./prompt-hashes.ts";

it("has a new version whenever the wording changes", () => {
  const texts = allPrompts().map(({ text }) => text);
  const hash = createHash("sha256").update(JSON.stringify(texts)).digest("hex");
  expect(promptHashes[promptVersion], "the wording changed: set a new promptVersion and add its hash to prompt-hashes.ts").toBe(hash);
  expect(promptVersion).toMatch(/^\d{4}-\d\d-\d\d\.\d+$/);
});
