const assert = require("node:assert/strict");
const { createSettings, memoryConfigStore, memoryRunStore } = require("restage");
const { createAdminHandler } = require("restage/admin");

async function main() {
  const settings = createSettings({ store: memoryConfigStore() });
  const admin = createAdminHandler({ settings, runs: memoryRunStore(), authorize: () => ({ author: { name: "Ada" } }) });
  const ask = async (path) => admin(new Request(`https://example.com/admin${path}`));
  assert.equal((await (await ask("/models")).json()).active.modelId, "qwen/qwen-image-edit");
  assert.equal((await ask("")).status, 200);
  console.log("ok");
}

main();
