import { defineConfig } from "vitest/config";

// Pages in a real Chromium: `npm run test:browser`.
export default defineConfig({
  test: {
    include: ["test/browser/**/*.browser.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
