import { createOthers } from "../create-others.ts";
import type { FaultKind } from "../fault-kind.ts";
import type { FaultWorld } from "../fault-world.ts";

const lost = { needs: "http", created: "mixed" } as const;

/** Answers of creates are lost, some of them with the create: somebody has to look at the listing. */
function loseAnswers(world: FaultWorld, share = 0.2): void {
  world.strike({ on: "create", kind: "reset", when: "after_accept" }, share);
  world.strike({ on: "create", kind: "reset", when: "after_read" }, share);
}

const unlisted = (what: string): Pick<FaultKind, "mayLeaveUnknown"> => ({ mayLeaveUnknown: () => what });

/** Lost answers, and a listing that is not what it should be. */
export const listingKinds: readonly FaultKind[] = [
  {
    name: "listing-lags",
    title: "listing: lags by 250 ms",
    ...lost,
    strikes: ["create", "list"],
    // Scaled to 250 ms.
    replicate: { behaviour: { listingLagMs: 25_000 } },
    arrange: (world) => loseAnswers(world),
  },
  {
    name: "listing-cut",
    title: "listing: its JSON stops half-way",
    ...lost,
    strikes: ["create", "list"],
    arrange(world) {
      loseAnswers(world);
      world.strike({ on: "list", kind: "truncate" });
    },
  },
  {
    name: "listing-half",
    title: "listing: half of a page is missing",
    ...lost,
    strikes: ["create", "list"],
    arrange(world) {
      createOthers(world, 300, 2_000);
      world.every(100, () => createOthers(world, 4));
      loseAnswers(world);
      world.strike({ on: "list", kind: "rewrite", rewrite: halve }, 0.3);
    },
    ...unlisted("a listing that lacks what is known to be there proves nothing"),
  },
  {
    name: "listing-fails",
    title: "listing: 500s and resets",
    ...lost,
    strikes: ["create", "list"],
    arrange(world) {
      loseAnswers(world);
      world.strike({ on: "list", kind: "status", status: 500 }, 0.4);
      world.strike({ on: "list", kind: "reset", when: "after_read" }, 0.3);
    },
  },
  {
    name: "listing-never",
    title: "listing: always fails",
    ...lost,
    strikes: ["create", "list"],
    arrange(world) {
      loseAnswers(world);
      world.strike({ on: "list", kind: "status", status: 503 }, 1);
    },
    ...unlisted("no listing was ever had"),
  },
  {
    name: "listing-others",
    title: "listing: hundreds of other programs, some with our prompts",
    ...lost,
    strikes: ["create", "list"],
    arrange(world) {
      createOthers(world, 300, 2_000);
      world.every(100, () => createOthers(world, 4));
      loseAnswers(world);
    },
  },
  {
    name: "listing-without-inputs",
    title: "listing: inputs are not echoed",
    ...lost,
    strikes: ["create", "list"],
    replicate: { behaviour: { listedInput: "omitted" } },
    arrange: (world) => loseAnswers(world, 0.1),
    ...unlisted("a listing without inputs proves nothing"),
  },
  {
    name: "inputs-nowhere",
    title: "inputs are echoed nowhere",
    ...lost,
    strikes: ["create", "list", "get"],
    replicate: { behaviour: { listedInput: "omitted", echoedInput: "omitted" } },
    arrange: (world) => loseAnswers(world, 0.1),
    ...unlisted("a listing without inputs proves nothing"),
  },
  {
    name: "files-rewritten",
    title: "file values are rewritten in what Replicate echoes",
    ...lost,
    strikes: ["create", "list"],
    replicate: { behaviour: { listedInput: "files_rewritten", echoedInput: "files_rewritten" } },
    arrange: (world) => loseAnswers(world),
    mayLeaveUnknown: ({ origins }) => (origins.seed === "drawn" ? undefined : "without a seed the address of its photo is needed"),
  },
  {
    name: "listing-includes-bounds",
    title: "listing: its bounds are inclusive",
    ...lost,
    strikes: ["create", "list"],
    replicate: { behaviour: { createdAfterInclusive: true, createdBeforeInclusive: true } },
    arrange: (world) => loseAnswers(world),
  },
  {
    name: "twins",
    title: "two stagings at once that nothing tells apart",
    ...lost,
    strikes: ["create", "list"],
    isTwin: true,
    arrange: (world) => loseAnswers(world),
    mayLeaveUnknown: () => "its twin could be what is listed",
  },
  ...([-2, 2] as const).map(
    (hours): FaultKind => ({
      name: hours < 0 ? "clock-behind" : "clock-ahead",
      title: `Replicate's clock is two hours ${hours < 0 ? "behind" : "ahead"}`,
      ...lost,
      strikes: ["create", "list"],
      get replicate() {
        return { startAt: Date.now() + hours * 3_600_000 };
      },
      arrange: (world) => loseAnswers(world),
    }),
  ),
];

// As a listing that forgets: only a page that is followed by another, so that it can be noticed at all.
function halve(body: unknown): unknown {
  const page = body as { readonly next: string | null; readonly results: readonly unknown[] };
  return page.next === null ? page : { ...page, results: page.results.filter((_, index) => index % 2 === 0) };
}
