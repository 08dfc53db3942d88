import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readPageFile } from "../../../src/admin/page/read-page-file.ts";

/** A file and everything that it imports at once, not later. */
async function withImports(name: string, found = new Set<string>()): Promise<ReadonlySet<string>> {
  if (found.has(name)) return found;
  found.add(name);
  const { body } = (await readPageFile(name)) ?? { body: "" };
  const imports = [...body.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map(([, file]) => file as string);
  for (const file of imports) await withImports(file, found);
  return found;
}

async function gzippedBytes(names: Iterable<string>): Promise<number> {
  const files = await Promise.all([...names].map(readPageFile));
  return files.reduce((sum, file) => sum + gzipSync(file?.body ?? "").length, 0);
}

const laterParts = async () =>
  [...((await readPageFile("app.js"))?.body ?? "").matchAll(/import\("\.\/([^"]+)"\)/g)].map(([, file]) => file as string);

describe("the built page", () => {
  it("is what index.html names, and nothing from elsewhere", async () => {
    const html = (await readPageFile("index.html"))?.body ?? "";
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses).toEqual(["data:,", "{{base}}assets/app.css", "{{base}}assets/app.js"]);
    expect(html).not.toMatch(/<style|style=|<script>|\son\w+=/);
    expect(await readPageFile("toString")).toBeUndefined();
    expect((await readPageFile("app.js"))?.contentType).toBe("text/javascript; charset=utf-8");
  });

  it("takes at most 150 KB gzipped for its first view, whichever that is", async () => {
    const first = [...(await withImports("app.js")), "index.html", "app.css"];
    expect(await gzippedBytes(first)).toBeLessThan(30_000);
    const parts = await laterParts();
    expect(parts.map((name) => name.replace(/-\w+\.js$/, "")).sort()).toEqual(["costs-view", "model-view", "project-view"]);
    for (const part of parts) expect(await gzippedBytes(new Set([...first, ...(await withImports(part))])), part).toBeLessThan(150_000);
  });

  it("makes no code from text, and carries neither Ajv nor a Markdown parser", async () => {
    for (const name of [...(await withImports("app.js")), ...(await laterParts())]) {
      const body = (await readPageFile(name))?.body ?? "";
      expect(body, name).not.toMatch(/new Function\(|\beval\(|react-dom|ajv/i);
    }
  });
});
