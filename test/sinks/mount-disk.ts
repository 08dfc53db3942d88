import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Whether this process may mount a disk in memory: as root on Linux. */
export const mayMount = process.platform === "linux" && process.getuid?.() === 0 && tryToMount();

/** A small disk of its own, unmounted with the test. */
export function mountDisk(options: string): string {
  const folder = mkdtempSync(join(tmpdir(), "restage-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "pipe" });
  onTestFinished(() => unmount(folder));
  return folder;
}

/** Takes the right to write to a disk from everybody. */
export function mountReadOnly(folder: string): void {
  execFileSync("mount", ["-o", "remount,ro", folder], { stdio: "pipe" });
}

function tryToMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "restage-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { stdio: "pipe" });
    unmount(folder);
    return true;
  } catch {
    rmSync(folder, { recursive: true });
    return false;
  }
}

function unmount(folder: string): void {
  execFileSync("umount", [folder]);
  rmSync(folder, { recursive: true });
}
