export const [endOfImage, startOfScan] = [0xd9, 0xda];

/** Whether a marker begins a frame, whose first data are precision, height and width. */
export function isJpegFrame(kind: number): boolean {
  return kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc;
}

/** Where the second byte of a marker is: any number of 0xff may stand before it. */
export function skipFill(bytes: Uint8Array, at: number): number {
  let marker = at + 1;
  while (bytes[marker] === 0xff) marker++;
  return marker;
}

/** Whether what stands behind 0xff belongs to the pixels of a scan: an 0xff of their own, or a restart. */
export function isWithinScan(kind: number | undefined): boolean {
  return kind === 0 || isRestart(kind);
}

/** Where the scan may end in these bytes: at the first marker that is none of its own, or whose second byte has not come; or nowhere. */
export function findScanEnd(bytes: Uint8Array): number {
  let at = bytes.indexOf(0xff);
  while (at >= 0) {
    const marker = skipFill(bytes, at);
    if (!isWithinScan(bytes[marker])) return at;
    at = bytes.indexOf(0xff, marker + 1);
  }
  return bytes.length;
}

/** Whether a marker stands alone, without length and data. */
export function isBareMarker(kind: number): boolean {
  return kind === endOfImage || kind === 0x01 || isRestart(kind);
}

function isRestart(kind: number | undefined): boolean {
  return kind !== undefined && kind >= 0xd0 && kind <= 0xd7;
}
