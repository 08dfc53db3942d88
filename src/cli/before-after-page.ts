import { pageScript, pageStyle } from "./before-after-look.ts";

/** One staged image beside its photo. */
export interface BeforeAfterEntry {
  /** What the image is of, such as `"Living room"`. Entries of the same title stand together. */
  readonly title: string;
  readonly modelId: string;
  readonly displayName: string;
  /** The address of the photo: relative, https or a data URL of an image. */
  readonly beforeSrc: string;
  /** The address of the staged image: relative, https or a data URL of an image. */
  readonly afterSrc: string;
  /** Such as `"$0.04"`. */
  readonly costText: string;
  /** Such as `"6.2 s"`. */
  readonly durationText: string;
  readonly warnings: readonly string[];
  /** Whether the image came from the simulator. */
  readonly simulated: boolean;
}

/** What a page shows. */
export interface BeforeAfterPage {
  readonly title: string;
  readonly entries: readonly BeforeAfterEntry[];
}

/**
 * One HTML page that compares photos with their staged images, each by a slider, grouped by the entries' titles in their order. It loads nothing
 * but the images, and works without its script except for the sliders. Every value is escaped; an address that is not an image's is left out.
 */
export function beforeAfterPage({ title, entries }: BeforeAfterPage): string {
  const titles = [...new Set(entries.map((entry) => entry.title))];
  const groups = titles.map((name) =>
    group(
      name,
      entries.filter((entry) => entry.title === name),
    ),
  );
  const simulated = entries.filter((entry) => entry.simulated).length;
  const models = new Set(entries.map((entry) => entry.modelId)).size;
  const counts = [count(entries.length, "image"), count(titles.length, "room"), count(models, "model")].join(" · ");
  const notice =
    simulated === 0
      ? ""
      : `<p class="notice"><strong>Simulated.</strong> ${simulated === entries.length ? "These images were" : `${simulated} of these images were`} drawn offline by the simulator, not by a model. Nothing was paid for them.</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${escapeHtml(title)}</h1><p class="counts">${counts}</p>${notice}</header>
<main>${groups.join("") || '<p class="nothing">There are no images yet.</p>'}</main>
<footer><p>Drag a slider, or focus it and use the arrow keys. Staged images show furniture that is not there.</p></footer>
<script>${pageScript}</script>
</body>
</html>
`;
}

function group(title: string, entries: readonly BeforeAfterEntry[]): string {
  return `<section><h2>${escapeHtml(title)}</h2><div class="grid">${entries.map(card).join("")}</div></section>`;
}

function card(entry: BeforeAfterEntry): string {
  const name = escapeHtml(entry.displayName);
  const warnings = entry.warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`).join("");
  return `<article>
<div class="compare" style="--at:50%">
<img class="after" src="${imageSource(entry.afterSrc)}" alt="${escapeHtml(entry.title)}, staged by ${name}">
<img class="before" src="${imageSource(entry.beforeSrc)}" alt="${escapeHtml(entry.title)}, before">
<span class="tag left">Before</span><span class="tag right">After</span><span class="line"></span>
<input type="range" min="0" max="100" value="50" step="1" aria-label="How much of the photo before staging is shown, ${name}" aria-valuetext="50 % before">
</div>
<div class="facts"><h3>${name}${entry.simulated ? ' <span class="badge">Simulated</span>' : ""}</h3>
<p class="id">${escapeHtml(entry.modelId)}</p>
<dl><div><dt>Time</dt><dd>${escapeHtml(entry.durationText)}</dd></div><div><dt>Cost</dt><dd>${escapeHtml(entry.costText)}</dd></div></dl>
${warnings && `<details open><summary>${count(entry.warnings.length, "warning")}</summary><ul>${warnings}</ul></details>`}</div>
</article>`;
}

// An address comes from outside: with a scheme, only those that can be nothing but an image.
function imageSource(source: string): string {
  const scheme = /^[^/?#]*?:/.exec(source.trim())?.[0].toLowerCase();
  const isImage =
    scheme === undefined || scheme === "https:" || /^data:image\/(png|jpeg|webp|avif|gif);base64,[a-z0-9+/=]*$/i.test(source.trim());
  return isImage ? escapeHtml(source.trim()) : "";
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
