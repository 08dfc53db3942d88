import { describe, expect, it } from "vitest";
import { type BeforeAfterEntry, beforeAfterPage } from "../../src/cli/before-after-page.ts";

const entry: BeforeAfterEntry = {
  title: "Living room",
  modelId: "qwen/qwen-image-edit",
  displayName: "Qwen Image Edit",
  beforeSrc: "rooms/before.jpg",
  afterSrc: "rooms/after.webp",
  costText: "$0.03",
  durationText: "4.1 s",
  warnings: [],
  simulated: false,
};

function pageOf(...changes: Partial<BeforeAfterEntry>[]): string {
  return beforeAfterPage({ title: "Demo", entries: changes.map((change) => ({ ...entry, ...change })) });
}

function sources(page: string): string[] {
  return [...page.matchAll(/<img [^>]*src="([^"]*)"/g)].map(([, source]) => source ?? "");
}

describe("beforeAfterPage", () => {
  it("shows each image with its model, time and cost, and a labelled slider", () => {
    const page = pageOf({}, { displayName: "Seedream 4", modelId: "bytedance/seedream-4" });
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    for (const text of ["Qwen Image Edit", "qwen/qwen-image-edit", "Seedream 4", "$0.03", "4.1 s"]) expect(page).toContain(text);
    expect(page.match(/<input type="range"[^>]* aria-label="[^"]+"/g)).toHaveLength(2);
    expect(sources(page)).toEqual(["rooms/after.webp", "rooms/before.jpg", "rooms/after.webp", "rooms/before.jpg"]);
  });

  it("groups by title, in the order of first appearance", () => {
    const page = pageOf({ title: "Bedroom" }, { title: "Attic" }, { title: "Bedroom", displayName: "Second" });
    expect([...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title)).toEqual(["Bedroom", "Attic"]);
    expect(page.indexOf("Second")).toBeLessThan(page.indexOf("<h2>Attic"));
    expect(page).toContain("3 images · 2 rooms · 1 model<");
  });

  it("escapes every value", () => {
    const evil = `"'><script>alert(1)</script><img onerror=x>&`;
    const page = beforeAfterPage({
      title: evil,
      entries: [
        {
          title: evil,
          modelId: evil,
          displayName: evil,
          beforeSrc: evil,
          afterSrc: evil,
          costText: evil,
          durationText: evil,
          warnings: [evil],
          simulated: true,
        },
      ],
    });
    expect(page).not.toContain("alert(1)</script>");
    expect(page).not.toContain("<img onerror");
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page.match(/<img /g)).toHaveLength(2);
    // Once in the head, the heading, the group, the ids, time, cost, the warning, both addresses; more often in labels.
    expect(page.match(/&#34;&#39;&#62;&#60;script&#62;/g)?.length).toBeGreaterThanOrEqual(10);
  });

  it("takes only addresses of images", () => {
    const png = "data:image/png;base64,iVBORw0KGgo=";
    const refused = [
      "javascript:alert(1)",
      " JavaScript:alert(1)",
      "data:text/html,x",
      "data:image/svg+xml;base64,PHN2Zz4=",
      "http://example.com/a.png",
      "file:///a.png",
    ];
    for (const source of refused) expect(sources(pageOf({ beforeSrc: source, afterSrc: source }))).toEqual(["", ""]);
    for (const source of [png, "https://example.com/a.png", "./a b.png", "a/b:c.png"]) {
      expect(sources(pageOf({ beforeSrc: source, afterSrc: source }))).toEqual([source, source]);
    }
  });

  it("tells warnings, and which images are simulated", () => {
    const page = pageOf({ warnings: ["one thing", "another"], simulated: true }, {});
    expect(page).toContain("2 warnings");
    expect(page).toContain("<li>another</li>");
    expect(page).toContain("1 of these images were");
    expect(page.match(/class="badge"/g)).toHaveLength(1);
    expect(pageOf({})).not.toMatch(/<details|class="badge"|class="notice"/);
  });

  it("loads nothing from elsewhere and says so when there is nothing", () => {
    expect(pageOf({})).not.toMatch(/https?:|@import|url\(|<link/);
    expect(pageOf()).toContain("There are no images yet.");
  });
});
