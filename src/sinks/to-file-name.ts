/**
 * A text as the name of one file or folder, never a path: every other character than letters, digits, `_` and `-` stands as `%` and its UTF-8
 * in hex. Different texts have different names.
 */
export function toFileName(text: string): string {
  const name = Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w-]/.test(character) ? character : `%${byte.toString(16).padStart(2, "0")}`;
  }).join("");
  return name || "%";
}
