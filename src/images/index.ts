export { hammingDistance } from "./hamming-distance.ts";
export { hashImageData } from "./hash-image-data.ts";
export type { ImageSize } from "./image-size.ts";
export { perceptualHash } from "./perceptual-hash.ts";
export type { DigitalSourceType, Provenance } from "./provenance.ts";
export { readImageSize } from "./read-image-size.ts";
export { writeProvenance } from "./write-provenance.ts";
