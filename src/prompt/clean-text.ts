// Invisible: zero-width and direction marks and tag characters. They come along with pasted text, or hide text from people who read the prompt.
const invisible = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;

/** The text in one line, composed (NFC), without invisible characters, white space collapsed and trimmed. */
export function cleanText(text: string): string {
  return text.normalize("NFC").replace(invisible, "").replace(/\s+/gu, " ").trim();
}

/** Whether a text that went through `cleanText` holds control characters or halves of characters, as broken data does. */
export function isBrokenText(text: string): boolean {
  return /[\p{Cc}\p{Cs}]/u.test(text);
}

/** Whether a text holds no letter, digit or symbol (an emoji is one): blank, or dots and dashes. */
export function isWordless(text: string): boolean {
  return !/[\p{L}\p{N}\p{S}]/u.test(text);
}
