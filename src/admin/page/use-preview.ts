import { useEffect, useRef, useState } from "preact/hooks";
import { ask } from "./api.ts";
import { ApiError } from "./api-error.ts";
import type { StoredConfig } from "./api-types.ts";
import type { Values } from "./draft.ts";

interface PreviewOptions {
  readonly path: string;
  readonly version: number | null;
  readonly values: Values;
  readonly isWanted: boolean;
  fail(error: ApiError): void;
}

/** Asks the server what it would make of values, once they rest for half a second. */
export function usePreview({ path, version, values, isWanted, fail }: PreviewOptions): StoredConfig | undefined {
  const latestFail = useRef(fail);
  latestFail.current = fail;
  const [seen, setSeen] = useState<{ readonly values: Values; readonly preview: StoredConfig }>();
  useEffect(() => {
    if (!isWanted) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask<StoredConfig>(`${path}?dry-run`, { method: "PUT", body: { values }, version, signal: stop.signal }).then(
        (preview) => setSeen({ values, preview }),
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
  }, [path, version, values, isWanted]);
  return isWanted && seen?.values === values ? seen.preview : undefined;
}
