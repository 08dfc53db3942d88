const shape = /^(https:\/\/[^\s/]\S*|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?([/?#]\S*)?)$/i;

/** Whether an address is https, or plain http on the loopback address, where a local simulator listens. */
export function isSafeUrl(text: string): boolean {
  // URL forgives spaces and missing slashes, and a `new URL` would take most of the time of building an input.
  return shape.test(text) && URL.canParse(text);
}
