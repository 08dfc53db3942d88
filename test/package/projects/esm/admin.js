import assert from "node:assert/strict";
import { createSettings, memoryConfigStore, memoryRunStore } from "restage";
import { createAdminHandler } from "restage/admin";

const settings = createSettings({ store: memoryConfigStore() });
const admin = createAdminHandler({ settings, runs: memoryRunStore(), authorize: () => ({ author: { name: "Ada" } }) });
const ask = async (path) => admin(new Request(`https://example.com/admin${path}`));
assert.equal((await (await ask("/models")).json()).active.modelId, "qwen/qwen-image-edit");
const page = await (await ask("")).text();
const [, script] = /src="([^"]+\.js)"/.exec(page);
const answer = await admin(new Request(new URL(script, "https://example.com/admin")));
assert.equal(answer.status, 200);
assert.match(answer.headers.get("content-type"), /javascript/);
console.log("ok");
