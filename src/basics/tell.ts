/** Tells a listener something. Never throws: a listener's mistake is its own. */
export function tell<Value>(listener: ((value: Value) => unknown) | undefined, value: Value): void {
  try {
    Promise.resolve(listener?.(value)).catch(() => undefined);
  } catch {
    // As said above.
  }
}
