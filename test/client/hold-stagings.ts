import { type Stage, setTheStage } from "./helpers.ts";

/** How many stagings stop where: at the upload of the photo, while the answer to the create is out, and at a look at the prediction. */
export interface Places {
  readonly uploading?: number;
  readonly creating?: number;
  readonly polling?: number;
}

/** A client whose stagings stop at these places, and nowhere else. */
export interface HeldStage extends Stage {
  /** How many stagings there must be. */
  readonly total: number;
  /** Resolves when all of them have come to their places. */
  readonly held: Promise<void>;
  /** Lets the answers to the creates through. */
  release(): void;
}

/** Stops stagings at these places. Uploads and looks hang until they are aborted; creates are done, and only their answers held. */
export async function holdStagings({ uploading = 0, creating = 0, polling = 0 }: Places): Promise<HeldStage> {
  const total = uploading + creating + polling;
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let tellHeld = () => {};
  const held = new Promise<void>((resolve) => {
    tellHeld = resolve;
  });
  const counts = { uploads: 0, creates: 0, looks: 0 };
  const count = (what: keyof typeof counts) => {
    counts[what]++;
    if (counts.uploads === total && counts.creates >= creating && counts.looks >= polling) tellHeld();
    return counts[what];
  };
  const stage = await setTheStage({
    requestTimeoutMs: 30_000,
    fetch: async (input, init) => {
      const { method, url } = input instanceof Request ? input : { method: "GET", url: String(input) };
      const answer = fetch(input, init);
      if (url.endsWith("/files")) count("uploads");
      else if (method === "GET" && url.includes("/predictions/")) count("looks");
      else if (method === "POST" && url.endsWith("/predictions")) {
        await answer;
        if (counts.creates < creating && count("creates")) await gate;
      }
      return answer;
    },
  });
  if (uploading > 0) stage.simulator.faults.add({ on: "upload", kind: "hang", times: uploading });
  if (polling > 0) stage.simulator.faults.add({ on: "get", kind: "hang", times: Number.POSITIVE_INFINITY });
  return { ...stage, total, held, release };
}
