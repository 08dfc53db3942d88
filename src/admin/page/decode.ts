/** A part of an address, decoded; as it is where that cannot be. */
export function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
