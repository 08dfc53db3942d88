import { useEffect, useRef, useState } from "preact/hooks";
import { ask } from "./api.ts";
import { ApiError } from "./api-error.ts";
import { useSignIns } from "./use-sign-ins.ts";

interface PreviewOptions {
  readonly path: string;
  readonly version: number | null;
  /** The same object as long as it is the same. */
  readonly body: object;
  readonly isWanted: boolean;
  fail(error: ApiError): void;
}

/** Asks the server what it would make of a change, once it rests for half a second. */
export function usePreview<Stored>({ path, version, body, isWanted, fail }: PreviewOptions): Stored | undefined {
  const latestFail = useRef(fail);
  latestFail.current = fail;
  const signIns = useSignIns();
  const [seen, setSeen] = useState<{ readonly body: object; readonly signIns: number; readonly preview: Stored }>();
  useEffect(() => {
    if (!isWanted) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask<Stored>(`${path}?dry-run`, { method: "PUT", body, version, signal: stop.signal }).then(
        (preview) => setSeen({ body, signIns, preview }),
        (error: unknown) => {
          const isAboutValues = error instanceof ApiError && (error.status === 412 || error.issues.length > 0);
          if (isAboutValues && !stop.signal.aborted) latestFail.current(error);
        },
      );
    }, 500);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, version, body, isWanted, signIns]);
  return isWanted && seen?.body === body && seen.signIns === signIns ? seen.preview : undefined;
}
