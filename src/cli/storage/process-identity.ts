import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, told apart from a later one that got its number. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** The namespace in which the number counts (Linux containers); `null` where there are none. */
  readonly namespace: string | null;
  /** When it began, in the clock ticks of its machine; `null` where the system does not say. */
  readonly startedAt: string | null;
}

/** This process. */
export function identifyProcess(): ProcessIdentity {
  return { pid: process.pid, ...identifyPlace(), startedAt: readStart(process.pid) };
}

/** Whether a process may still run. One of another machine or container always may: nobody here can tell. */
export function mayRun({ pid, host, namespace, startedAt }: ProcessIdentity): boolean {
  if (!isHere({ host, namespace })) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs as another user, whose files are not always readable.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return readStart(pid) === startedAt;
}

/** Whether a process belongs to this machine and container. */
export function isHere({ host, namespace }: Pick<ProcessIdentity, "host" | "namespace">): boolean {
  const here = identifyPlace();
  return host === here.host && namespace === here.namespace;
}

function identifyPlace(): Pick<ProcessIdentity, "host" | "namespace"> {
  return { host: hostname(), namespace: read(() => readlinkSync("/proc/self/ns/pid")) };
}

// Of "4711 (name) S 1 …" the fields behind the name: the state first, the start as the twentieth. A zombie runs no more.
function readStart(pid: number): string | null {
  const fields = read(() => readFileSync(`/proc/${pid}/stat`, "utf8"))
    ?.replace(/^.*\) /s, "")
    .split(" ");
  return fields === undefined || "ZX".includes(fields[0] ?? "") ? null : (fields[19] ?? null);
}

function read(readIt: () => string): string | null {
  try {
    return readIt();
  } catch {
    return null;
  }
}
