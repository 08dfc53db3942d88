/** Takes what was sent out of a text that came back, and bounds its length. */
export function redact(text: string, secrets: readonly string[]): string {
  const longest = secrets.filter((secret) => secret.length > 3).sort((a, b) => b.length - a.length);
  const clean = longest.reduce((rest, secret) => rest.replaceAll(secret, "[sent value]"), text);
  return clean.length > 500 ? `${clean.slice(0, 500)}…` : clean;
}

/** The texts in an input, which must not come back in a message: as they are, sentence by sentence, and as JSON writes them. */
export function toTexts(input: unknown): readonly string[] {
  if (typeof input === "string") {
    const sentences = /\s/.test(input) ? input.split(/[\r\n.!?]+/).map((sentence) => sentence.trim()) : [];
    return [...new Set([input, ...sentences].flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]))];
  }
  return Object.values(input ?? {}).flatMap(toTexts);
}
