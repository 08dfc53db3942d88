import { configDefaults, defineConfig } from "vitest/config";

// Each in a process of its own, before the others: what measures memory, or takes much of it, and what takes long for its size.
const alone = [
  "test/books/budget-processes.test.ts",
  "test/cli/demo-command.test.ts",
  "test/cli/storage/open-folder.test.ts",
  "test/client/interleavings.test.ts",
  "test/client/sink-memory.test.ts",
  "test/docs/code-blocks.test.ts",
  "test/examples/s3-sink.test.ts",
  "test/faults/faults.test.ts",
  "test/stores/postgres/limiter-processes.test.ts",
];
const common = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: "alone", include: alone } },
      // The others share two processes: to load the same modules again for each file would take longer than most files do.
      {
        test: { ...common, name: "shared", include: ["test/**/*.test.ts"], exclude: [...configDefaults.exclude, ...alone], isolate: false },
      },
    ],
    coverage: { provider: "v8", include: ["src/**"] },
    // Many tests wait for servers and processes: two at a time, on a machine of two cores, too.
    maxWorkers: 2,
    globalSetup: ["test/postgres/global-setup.ts", "test/processes/global-setup.ts"],
  },
});
