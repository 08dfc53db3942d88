interface Code {
  /** What is packed, always of this length: no other code has it. */
  readonly length: number;
  readonly pattern: string;
  readonly toHex: (text: string) => string;
  readonly fromHex: (hex: string) => string;
  /** How many characters, of one byte each, it takes. */
  readonly packedLength: number;
}

// What no two runs share, and what most of a record is made of: hashes, ids and times.
const codes: readonly Code[] = [
  { length: 64, pattern: "[0-9a-f]{64}", toHex: (hash) => hash, fromHex: (hex) => hex, packedLength: 32 },
  {
    length: 36,
    pattern: "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    toHex: (uuid) => uuid.replaceAll("-", ""),
    fromHex: (hex) => hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    packedLength: 16,
  },
  {
    length: 23,
    // From 1970 on: earlier ones are negative.
    pattern: String.raw`(?:19[7-9]\d|[2-9]\d{3})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}`,
    toHex: (time) => Date.parse(`${time}Z`).toString(16).padStart(12, "0"),
    fromHex: (hex) => new Date(Number.parseInt(hex, 16)).toISOString().slice(0, -1),
    packedLength: 6,
  },
];

const toMark = (code: Code): string => String.fromCharCode(codes.indexOf(code) + 1);
const packable = new RegExp(codes.map(({ pattern }) => pattern).join("|"), "g");
const packed = new RegExp(codes.map((code) => `${toMark(code)}[^]{${code.packedLength}}`).join("|"), "g");

/** Text with its SHA-256 hashes, UUIDs and times as bytes, each after a mark: U+0001 to U+0003, which the text may not hold. */
export function packText(text: string): string {
  return text.replace(packable, (found) => {
    const code = codes.find(({ length }) => length === found.length) as Code;
    const hex = code.toHex(found);
    // A date that is none, such as the 31st of February, stays text.
    return code.fromHex(hex) === found ? toMark(code) + toBytes(hex) : found;
  });
}

/** The text that was packed. */
export function unpackText(text: string): string {
  return text.replace(packed, (found) => (codes[found.charCodeAt(0) - 1] as Code).fromHex(toHex(found.slice(1))));
}

function toBytes(hex: string): string {
  let bytes = "";
  for (let at = 0; at < hex.length; at += 2) bytes += String.fromCharCode(digitAt(hex, at) * 16 + digitAt(hex, at + 1));
  return bytes;
}

function digitAt(hex: string, at: number): number {
  const code = hex.charCodeAt(at);
  return code - (code < 97 ? 48 : 87);
}

function toHex(bytes: string): string {
  let hex = "";
  for (let at = 0; at < bytes.length; at += 1) hex += (256 + bytes.charCodeAt(at)).toString(16).slice(1);
  return hex;
}
