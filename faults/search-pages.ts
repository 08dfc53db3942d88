import { beforeAfterPage } from "../src/cli/before-after-page.ts";
import type { RunRecord } from "../src/runs/run.ts";
import type { CanarySearch } from "./canary-search.ts";

/** Makes the page that compares photos with their staged images, and searches it. */
export function searchPages(runs: readonly RunRecord[], search: CanarySearch): void {
  const entries = runs.map((run) => ({
    title: run.group ?? run.id,
    modelId: run.modelId,
    displayName: run.modelId,
    beforeSrc: "photo.jpg",
    afterSrc: run.attempts.at(-1)?.outputUrls[0] ?? "none.jpg",
    costText: JSON.stringify(run.cost),
    durationText: String(run.finishedAt),
    warnings: [...run.warnings.map((warning) => JSON.stringify(warning)), run.error?.message ?? "no error"],
    simulated: true,
  }));
  search.seeText("a page", beforeAfterPage({ title: "Staged", entries }));
}
