import type { ConfigWriteOptions } from "../../settings/config-store.ts";

/** A write by the one author of the cases. */
export function byTester(options: Omit<ConfigWriteOptions, "author"> = {}): ConfigWriteOptions {
  return { author: { name: "Tester" }, ...options };
}
