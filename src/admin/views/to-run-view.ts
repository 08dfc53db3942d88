import type { Attempt, RunRecord } from "../../runs/run.ts";

/** An attempt without what it is recognised by, and without the addresses that let anybody in who knows them. */
export type AttemptView = Omit<Attempt, "mark" | "outputUrls">;

/** A run as an admin sees it: without keys, addresses, and the values of inputs that its config does not know. */
export interface RunView
  extends Omit<
    RunRecord,
    "attempts" | "images" | "photo" | "disclosure" | "extraInput" | "idempotencyKey" | "fingerprint" | "uploadedFileId" | "leaseExpiresAt"
  > {
  readonly attempts: readonly AttemptView[];
  readonly images: readonly Omit<RunRecord["images"][number], "location">[];
  readonly photo: Omit<NonNullable<RunRecord["photo"]>, "location"> | null;
  /** What a listing has to show with it; `null` until there is something. */
  readonly disclosure: { readonly statement: string; readonly at: string } | null;
  /** Their names only: a value may be a key of another service. */
  readonly extraInputNames: readonly string[];
}

/** What may be shown of a run. Pure. */
export function toRunView(run: RunRecord): RunView {
  const { idempotencyKey: _, fingerprint: __, uploadedFileId: ___, leaseExpiresAt: ____, extraInput, photo, disclosure, ...shown } = run;
  return {
    ...shown,
    attempts: run.attempts.map(({ mark: _mark, outputUrls: _urls, ...attempt }) => attempt),
    images: run.images.map(({ location: _location, ...image }) => image),
    photo: photo === null || photo === undefined ? null : withoutLocation(photo),
    disclosure: disclosure ? { statement: disclosure.statement, at: disclosure.at } : null,
    extraInputNames: Object.keys(extraInput ?? {}),
  };
}

function withoutLocation({ location: _, ...photo }: NonNullable<RunRecord["photo"]>): RunView["photo"] {
  return photo;
}
