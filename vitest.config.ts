import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    typecheck: { enabled: true, include: ["test/**/*.test-d.ts"] },
    coverage: { provider: "v8", include: ["src/**"] },
    // Many tests wait for servers and processes: two at a time, on a machine of two cores, too.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ["test/postgres/global-setup.ts", "test/processes/global-setup.ts"],
  },
});
