import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "./api-error.ts";
import { Failure, Waiting } from "./failure.tsx";

interface LaterProps<Props extends object> {
  load(): Promise<ComponentType<Props>>;
  readonly props: Props;
}

const loaded = new WeakMap<object, unknown>();

/** A view whose script is loaded only when it is first shown. */
export function Later<Props extends object>({ load, props }: LaterProps<Props>) {
  const [View, setView] = useState(() => loaded.get(load) as ComponentType<Props> | undefined);
  const [error, setError] = useState<ApiError>();
  useEffect(() => {
    load().then(
      (view) => {
        loaded.set(load, view);
        setView(() => view);
      },
      () => setError(new ApiError("A part of this page cannot be loaded. Reload the page.", 0)),
    );
  }, [load]);
  if (error) return <Failure error={error} retry={() => location.reload()} />;
  return View ? <View {...props} /> : <Waiting />;
}
