/** Text as PostgreSQL can keep it: U+0000 becomes U+FFFD, as halves of surrogate pairs do once they are sent as UTF-8. */
export function toStorableText(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

/** JSON as `jsonb` can keep it, likewise: the error text of another program may hold what it refuses, and must not cost the whole change. */
export function toStorableJson(value: unknown): string {
  return JSON.stringify(value).replace(/(\\\\)|\\u(?:0000|d[89a-f]..)/g, (_, backslash = "\ufffd") => backslash);
}
