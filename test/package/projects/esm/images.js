import assert from "node:assert/strict";
import { hashImageData, perceptualHash, readImageSize, writeProvenance } from "restage/images";

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

assert.deepEqual(readImageSize(png), { width: 1, height: 1 });
const marked = writeProvenance(png, { digitalSourceType: "trainedAlgorithmicMedia", runId: "run_1" });
assert.ok(Buffer.from(marked).includes("digitalsourcetype/trainedAlgorithmicMedia"));
assert.equal(await hashImageData(marked), await hashImageData(png));
await assert.rejects(perceptualHash(png), { code: "missing_peer" });
console.log("ok");
