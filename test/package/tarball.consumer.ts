import { execFileSync } from "node:child_process";
import { expect, inject, test } from "vitest";

const files = () =>
  execFileSync("tar", ["-tzf", inject("tarball")], { encoding: "utf8" })
    .trim()
    .split("\n")
    .toSorted();

test("the tarball holds the build, the licence, the readme and the manifest, and nothing else", () => {
  const others = files().filter((name) => !name.startsWith("package/dist/"));
  expect(others).toEqual(["package/LICENSE", "package/README.md", "package/package.json"]);
});

test("the build holds code and types only", () => {
  const built = files().filter((name) => name.startsWith("package/dist/"));
  expect(built.filter((name) => !/\.(js|cjs|d\.ts|d\.cts)$/.test(name))).toEqual([]);
});

test("no file of the tarball carries sharp or names a path of this machine", () => {
  const text = execFileSync("tar", ["-xzOf", inject("tarball")], { encoding: "utf8", maxBuffer: 100_000_000 });
  expect(text).not.toContain("libvips");
  expect(text).not.toContain(process.cwd());
});
