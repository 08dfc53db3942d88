import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { readInstalledVersion } from "../clients/other-packages.ts";
import manifest from "../package.json" with { type: "json" };

const folder = join(import.meta.dirname, "..");

/** Installs what `faults/package.json` names, unless it is there. What npm says goes to standard error. */
export function installOthers(): void {
  const isInstalled = Object.entries(manifest.dependencies).every(([name, version]) => readInstalledVersion(name) === version);
  if (isInstalled) return;
  process.stderr.write("installing the other clients into faults/node_modules\n");
  execFileSync("npm", ["ci", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error"], { stdio: ["ignore", 2, 2] });
}
