const assert = require("node:assert/strict");
const {
  createSettings,
  memoryConfigStore,
  memoryRunStore,
  ModelId,
  parseModelConfig,
  QwenConfig,
  RestageError,
  registry,
  StagingClient,
  stagingPrompt,
} = require("restage");
const { createReplicateSimulator } = require("restage/testing");

const photo = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAADAAAAAgAQMAAABuGmlfAAAAA1BMVEW5sqaEszKiAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWNgGN4AAADgAAECHtNHAAAAAElFTkSuQmCC",
  "base64",
);

assert.ok(registry.has(ModelId.QwenImageEdit));
assert.equal(parseModelConfig(ModelId.QwenImageEdit, {}).go_fast, QwenConfig.defaults().go_fast);
assert.match(stagingPrompt({ room: "living_room", style: "scandinavian" }).text, /living room/i);

async function main() {
  const simulator = await createReplicateSimulator({ timeScale: 0.01 });
  try {
    const settings = createSettings({ store: memoryConfigStore(), registry });
    const options = { baseUrl: simulator.url, settings, runStore: memoryRunStore() };
    const client = new StagingClient({ token: simulator.token, ...options });
    const run = await client.stage({ image: new Uint8Array(photo), room: "living_room", style: "scandinavian" });

    assert.equal(run.modelId, ModelId.QwenImageEdit);
    assert.equal(run.images.length, 1);
    assert.ok((await run.images[0].bytes()).length > 0);
    assert.ok(simulator.ledger.microUsd > 0);

    const stranger = new StagingClient({ token: "r8_of_somebody_else", ...options });
    await assert.rejects(stranger.stage({ image: new Uint8Array(photo), room: "bedroom", style: "modern" }), RestageError.is);
  } finally {
    await simulator.close();
  }
}

main().then(() => console.log("ok"));
