const assert = require("node:assert/strict");
const { hashImageData, perceptualHash, readImageSize, writeProvenance } = require("restage/images");

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

assert.deepEqual(readImageSize(png), { width: 1, height: 1 });
const marked = writeProvenance(png, { digitalSourceType: "trainedAlgorithmicMedia", runId: "run_1" });
assert.ok(Buffer.from(marked).includes("digitalsourcetype/trainedAlgorithmicMedia"));

async function main() {
  assert.equal(await hashImageData(marked), await hashImageData(png));
  await assert.rejects(perceptualHash(png), { code: "missing_peer" });
  console.log("ok");
}

main();
