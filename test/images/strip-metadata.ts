/**
 * The same picture without any metadata, as a program strips it that knows nothing of ours: by the letter of each format, and from Node's
 * Buffer alone.
 */
export function stripMetadata(image: Uint8Array): Uint8Array {
  const bytes = Buffer.from(image);
  if (bytes.readUInt16BE(0) === 0xffd8) return stripJpeg(bytes);
  return bytes.toString("latin1", 0, 4) === "RIFF" ? stripWebp(bytes) : stripPng(bytes);
}

function stripPng(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    // Text, time, EXIF, colour profile, physical size, and whatever is private: all but the picture and its transparency.
    if (/IHDR|PLTE|tRNS|IDAT|IEND/.test(bytes.toString("latin1", at + 4, at + 8))) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}

function stripJpeg(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  for (; bytes[at + 1] !== 0xda; ) {
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const isMetadata = (bytes[at + 1] ?? 0) >> 4 === 0xe || bytes[at + 1] === 0xfe;
    if (!isMetadata) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, bytes.subarray(at)]);
}

function stripWebp(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 12; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    const chunk = Buffer.from(bytes.subarray(at, at + 8 + length + (length % 2)));
    const kind = chunk.toString("latin1", 0, 4);
    // Of the header's flags, those of alpha and animation stay.
    if (kind === "VP8X") chunk.writeUInt8(chunk.readUInt8(8) & 0x12, 8);
    if (!/EXIF|XMP |ICCP/.test(kind)) kept.push(chunk);
    at += chunk.length;
  }
  // A still without alpha needs no header, and a tool may well leave it out.
  const isSimple = kept[0]?.toString("latin1", 0, 4) === "VP8X" && kept[0].readUInt8(8) === 0;
  const file = Buffer.concat([bytes.subarray(0, 12), ...(isSimple ? kept.slice(1) : kept)]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}
