import { defineConfig } from "vitest/config";

// Projects that install the packed tarball: `npm run test:package`.
export default defineConfig({
  test: {
    include: ["test/package/*.consumer.ts"],
    globalSetup: ["test/package/pack-restage.ts"],
    testTimeout: 150_000,
    hookTimeout: 300_000,
  },
});
