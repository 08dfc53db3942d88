import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { detectImageType } from "../../src/replicate/image-type.ts";
import { prepareFolder } from "./prepare-folder.ts";
import { runCli } from "./run-cli.ts";

it("stages every room with every model that can, offline, onto a page", { timeout: 120_000 }, async () => {
  const cwd = await mkdtemp(join(tmpdir(), "restage-demo-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  await prepareFolder(join(cwd, ".restage"));
  // Found and not used: nothing is listening at that address.
  const env = { REPLICATE_API_TOKEN: "r8_not_used", REPLICATE_BASE_URL: "http://127.0.0.1:9/v1" };
  const { code, stdout, stderr } = await runCli(["demo", "--speed", "100"], { cwd, env });
  expect(stderr).toContain("A token was found and is not used: --live would spend about $0.72.");
  expect(stdout).toContain("Total: 16 images, $0.72 if it were real. Nothing was paid: images, times and costs are simulated");
  expect(stdout).toContain(`Before and after: ${join("out", "index.html")}`);
  expect(stdout).toContain("The runs are kept in .restage (PGlite).");
  expect(stdout.trimEnd()).toMatch(/Models, settings and the costs of these runs on the admin page: npx restage admin --simulate$/);
  expect(stdout).not.toContain("seedream-3");
  expect(code).toBe(0);

  const rows = [...stdout.matchAll(/^ {2}([\w.-]+) +(\d+\.\d s) +(\$\d+\.\d\d) +(\S+)$/gm)];
  expect(rows).toHaveLength(16);
  const page = await readFile(join(cwd, "out", "index.html"), "utf8");
  for (const [, model = "", time = "", cost = "", file = ""] of rows) {
    expect(detectImageType(await readFile(join(cwd, file)))).toBeDefined();
    expect(page).toContain(`src="${file.slice("out/".length)}"`);
    for (const text of [model, time, cost]) expect(page).toContain(text);
  }
  for (const room of ["sunny-living-room", "quiet-bedroom", "bright-kitchen", "brick-office"]) {
    expect(detectImageType(await readFile(join(cwd, "out", `${room}.jpg`)))?.extension).toBe("jpg");
    expect(page).toContain(`src="${room}.jpg"`);
  }
});
