import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { documents, readText, root } from "./code-block.ts";

/** The text without fenced blocks and inline code, with as many lines. */
function toProse(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, "")).replace(/`[^`\n]*`/g, "``");
}

/** The anchors of a document's headings, as GitHub makes them. */
function toAnchors(text: string): readonly string[] {
  const headings = text.replace(/^```[\s\S]*?^```/gm, "").match(/^#+ .*$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

const links = documents.flatMap((file) =>
  toProse(readText(file))
    .split("\n")
    .flatMap((text, index) => [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => ({ file, line: index + 1, target }))),
);

it("finds links", () => expect(links.length).toBeGreaterThan(5));

it("every relative link of README and docs leads somewhere", () => {
  const broken = links
    .filter(({ target }) => !/^[a-z]+:/.test(target))
    .filter(({ file, target }) => {
      const [path = "", anchor] = target.split("#");
      const linked = path === "" ? file : join(dirname(file), path);
      if (!existsSync(join(root, linked))) return true;
      return anchor !== undefined && !toAnchors(readText(linked)).includes(anchor);
    });
  expect(broken.map(({ file, line, target }) => `${file}:${line}: ${target}`)).toEqual([]);
});

it("every absolute link is https, and one of a known site", () => {
  const sites = ["replicate.com", "standardwebhooks.com"];
  const others = links.filter(({ target }) => /^[a-z]+:/.test(target) && !sites.some((site) => target.startsWith(`https://${site}`)));
  expect(others).toEqual([]);
});
