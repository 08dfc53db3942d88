// Invisible: zero-width and direction marks and tag characters. They come along with pasted text, or hide text from people who read the prompt.
const invisible = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;

/** The text in one line, composed (NFC), without invisible characters, white space collapsed and trimmed; `""` when it has no letter, digit or symbol. */
export function cleanText(text: string): string {
  const clean = text.normalize("NFC").replace(invisible, "").replace(/\s+/gu, " ").trim();
  return /[\p{L}\p{N}\p{S}\p{Cc}\p{Cs}]/u.test(clean) ? clean : "";
}
