import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const sourceFolder = join(import.meta.dirname, "../src");

/** What each room may import besides itself: downwards only. Types count, too. */
const core = [
  "basics",
  "errors",
  "model",
  "models",
  "prompt",
  "settings",
  "runs",
  "replicate",
  "client",
  "stores",
  "images",
  "books",
  "disclosure",
];
const allowedRooms: Readonly<Record<string, readonly string[]>> = {
  basics: [],
  errors: [],
  model: ["errors", "basics"],
  models: ["model", "errors", "basics"],
  prompt: ["errors", "basics"],
  settings: ["model", "models", "errors", "basics"],
  runs: ["model", "errors", "basics"],
  replicate: ["errors", "basics"],
  client: ["errors", "basics", "model", "models", "prompt", "settings", "runs", "replicate", "stores", "images", "disclosure"],
  disclosure: ["images", "runs", "errors", "basics"],
  sinks: ["runs", "errors", "basics"],
  books: ["settings", "runs", "replicate", "model", "errors", "basics"],
  stores: ["books", "settings", "runs", "replicate", "errors", "basics"],
  zod3: ["model", "errors", "basics"],
  images: ["replicate", "errors", "basics"],
  // The edges: each on the core, none on another, but for the command line, which opens every door.
  admin: core,
  queue: core,
  experiments: core,
  testing: core,
  cli: [...core, "sinks", "zod3", "admin", "queue", "experiments", "testing"],
};

/**
 * Rooms that need only a part of another: settings know the default registry, a client keeps its books in memory where nobody says
 * otherwise, and a limiter in a database reckons as the one in memory does.
 */
const allowedFiles: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  settings: { models: ["models/registry.ts"] },
  client: { stores: ["stores/memory/memory-config-store.ts", "stores/memory/memory-run-store.ts"] },
  stores: {
    replicate: ["replicate/limiter.ts", "replicate/account-limits.ts", "replicate/limit-state.ts", "replicate/create-grant-queue.ts"],
  },
};

interface Import {
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** The imported file within src, where it is one. */
  readonly to: string | undefined;
}

const everything = readdirSync(sourceFolder, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
const files = everything.filter((path) => /\.[cm]?tsx?$/.test(path)).sort();
// What the page is styled with is a file that is imported, too.
const styles = everything.filter((path) => path.endsWith(".css"));

const imports: readonly Import[] = files.flatMap((from) => {
  // Every way to import: static, for types only, re-exported, dynamic; nothing that stands in a comment.
  const { importedFiles } = ts.preProcessFile(readFileSync(join(sourceFolder, from), "utf8"), true, true);
  return importedFiles.map(({ fileName: specifier }) => ({
    from,
    specifier,
    to: specifier.startsWith(".") ? posix.normalize(posix.join(posix.dirname(from), specifier)) : undefined,
  }));
});

// A file directly in src is a door of the package: it opens whatever it is made of.
const roomOf = (path: string): string | undefined => (path.includes("/") ? path.split("/")[0] : undefined);
const show = ({ from, specifier }: Import): string => `src/${from} imports "${specifier}"`;

describe("the source files", () => {
  it("are found", () => {
    expect(files).toContain("models/index.ts");
    expect(imports).toContainEqual({ from: "model/form.ts", specifier: "./json-schema.ts", to: "model/json-schema.ts" });
  });

  it("stand in rooms that have a row in the table above", () => {
    const rooms = [...new Set(files.map(roomOf))].filter((room) => room !== undefined);
    expect(rooms.filter((room) => !Object.hasOwn(allowedRooms, room))).toEqual([]);
  });

  it("import downwards only", () => {
    const upwards = imports.filter(({ from, to }) => {
      const room = roomOf(from);
      // Data, such as the version in package.json, belongs to no room.
      if (room === undefined || to === undefined || to.endsWith(".json")) return false;
      const target = roomOf(to);
      if (target === room) return false;
      const parts = target === undefined ? undefined : allowedFiles[room]?.[target];
      return target === undefined || !allowedRooms[room]?.includes(target) || parts?.includes(to) === false;
    });
    expect(upwards.map(show)).toEqual([]);
  });

  it("import files that are there, by their whole name", () => {
    const lost = imports.filter(({ to }) => to !== undefined && !files.includes(to) && !styles.includes(to) && !to.endsWith(".json"));
    expect(lost.map(show)).toEqual([]);
  });

  it("form no import cycle", () => {
    expect(findCycles()).toEqual([]);
  });

  it("speak HTTP in one place", () => {
    const places = imports.filter(({ specifier }) => specifier === "ky").map(({ from }) => from);
    expect(places.filter((path) => path !== "replicate/http.ts")).toEqual([]);
  });

  it("use Node's built-ins by their node: names, and not at all where browsers and edge runtimes load them", () => {
    const portable = ["errors", "model", "models", "zod3", "prompt", "images"];
    const builtins = imports.filter(({ from, specifier }) => specifier.startsWith("node:") && portable.includes(roomOf(from) ?? ""));
    expect(builtins.map(show)).toEqual([]);
  });
});

/** One cycle for each file that closes one, as a readable chain. */
function findCycles(): readonly string[] {
  const targets = new Map(
    files.map((file) => [file, imports.flatMap(({ from, to }) => (from === file && to !== undefined ? [to] : []))] as const),
  );
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      cycles.push([...path.slice(start), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return cycles;
}
