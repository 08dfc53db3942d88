import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder that consumers are made in. */
    readonly workshop: string;
    /** The packed package, as npm would publish it. */
    readonly tarball: string;
  }
}

let workshop: string | undefined;

/** Builds and packs the package once, before any consumer is made of it. */
export function setup({ provide }: TestProject): void {
  workshop = mkdtempSync(join(tmpdir(), "restage-consumers-"));
  run("npm", ["run", "build"]);
  run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", workshop]);
  const tarball = readdirSync(workshop).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack made no tarball");
  provide("workshop", workshop);
  provide("tarball", join(workshop, tarball));
}

/** Removes the tarball and every consumer. */
export function teardown(): void {
  if (workshop !== undefined) rmSync(workshop, { recursive: true, force: true });
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
}
