import { useEffect, useRef, useState } from "preact/hooks";
import type { Warning } from "../../model/warning.ts";
import type { Attempt, RunError, RunState } from "../../runs/run.ts";
import { announce } from "./announce.tsx";
import { ask, askImage } from "./api.ts";
import { ApiError } from "./api-error.ts";
import type { Values } from "./draft.ts";

/** What the page needs of a run. */
export interface TriedRun {
  readonly id: string;
  readonly version: number;
  readonly state: RunState;
  readonly cost: { readonly microUsd: number | null } | null;
  readonly warnings: readonly Warning[];
  readonly error: RunError | null;
  readonly images: readonly unknown[];
  readonly attempts: readonly Pick<Attempt, "predictTimeSeconds">[];
  readonly feedback: { readonly accepted: boolean } | null;
}

/** What somebody chose to stage. */
export interface TrialChoice {
  /** A data URL. */
  readonly image?: string;
  readonly room: string;
  readonly style: string;
}

/** What is asked for. */
export interface TrialRequest extends TrialChoice {
  readonly modelId: string;
  readonly config: Values;
  readonly projectId?: string;
  readonly image: string;
}

/** A trial: where it stands, what came of it, and how it is begun. */
export interface Trial {
  readonly choice: TrialChoice;
  choose(choice: Partial<TrialChoice>): void;
  readonly run: TriedRun | undefined;
  /** The photo that it is of. */
  readonly photo: string | undefined;
  /** The address of the staged image. */
  readonly image: string | undefined;
  readonly isRunning: boolean;
  readonly failure: ApiError | undefined;
  begin(request: TrialRequest): Promise<void>;
  /** Looks again what became of it; absent where nothing was begun. */
  readonly lookAgain: (() => Promise<void>) | undefined;
  judge(accepted: boolean): Promise<void>;
}

const ended: readonly RunState[] = ["succeeded", "failed", "canceled", "aborted", "expired", "unknown"];

const maximumFailures = 6;

/** Stages a photo and waits for the image. */
export function useTrial(): Trial {
  const [choice, setChoice] = useState<TrialChoice>({ room: "living_room", style: "scandinavian" });
  const [run, setRun] = useState<TriedRun>();
  const [photo, setPhoto] = useState<string>();
  const [image, setImage] = useState<string>();
  const [failure, setFailure] = useState<ApiError>();
  const [isRunning, setIsRunning] = useState(false);
  // The same press asked again, after an answer that got lost, must not be paid twice.
  const last = useRef<{ readonly body: string; readonly key: string }>();
  const runId = useRef<string>();
  const isBusy = useRef(false);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  useEffect(() => () => image && URL.revokeObjectURL(image), [image]);

  const follow = async (runId: string): Promise<void> => {
    const path = `runs/${encodeURIComponent(runId)}`;
    for (let delay = 500, failures = 0; !stop.current.signal.aborted; delay = Math.min(delay * 1.3, 4000)) {
      const now = await ask<TriedRun>(path, { signal: stop.current.signal }).catch((error: unknown) => {
        // The staging goes on, whoever looks.
        const isPassing = error instanceof ApiError && (error.status === 0 || error.status >= 500);
        if (!isPassing || ++failures === maximumFailures) throw error;
      });
      if (now !== undefined) setRun(now);
      if (now !== undefined && ended.includes(now.state)) {
        if (now.images.length > 0) setImage(await askImage(`${path}/images/0`));
        announce(now.state === "succeeded" ? "The staged photo is there." : "The staging did not work.", { isSeen: false });
        return;
      }
      await new Promise((done) => setTimeout(done, delay));
    }
  };
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    setIsRunning(true);
    setFailure(undefined);
    try {
      await act();
    } catch (error) {
      if (error instanceof ApiError) setFailure(error);
    } finally {
      isBusy.current = false;
      setIsRunning(false);
    }
  };

  return {
    choice,
    choose: (part) => setChoice((now) => ({ ...now, ...part })),
    run,
    photo,
    image,
    isRunning,
    failure,
    begin: (request) =>
      attempt(async () => {
        const body = JSON.stringify(request);
        const key = last.current?.body === body ? last.current.key : crypto.randomUUID();
        last.current = { body, key };
        runId.current = undefined;
        setRun(undefined);
        setImage(undefined);
        setPhoto(request.image);
        try {
          const answer = await ask<{ readonly runId: string }>("try", { method: "POST", body: request, idempotencyKey: key });
          runId.current = answer.runId;
          // It was answered: the next press is another staging.
          last.current = undefined;
        } catch (error) {
          // Below 500 it was refused. Else it may be running: the same press keeps its key.
          if (error instanceof ApiError && error.status >= 400 && error.status < 500) last.current = undefined;
          throw error;
        }
        await follow(runId.current);
      }),
    lookAgain: runId.current === undefined ? undefined : () => attempt(() => follow(runId.current as string)),
    async judge(accepted) {
      if (run === undefined) return;
      const path = `runs/${encodeURIComponent(run.id)}`;
      try {
        setRun(await ask<TriedRun>(`${path}/feedback`, { method: "PUT", body: { accepted }, version: run.version }));
        announce("Thank you. It is noted with the staging.");
      } catch (error) {
        announce((error as ApiError).message);
        if ((error as ApiError).status === 412) setRun(await ask<TriedRun>(path).catch(() => run));
      }
    },
  };
}
