interface Group {
  readonly controllers: Set<AbortController>;
  readonly stop: () => void;
}

/** Aborts controllers with the signals that they follow, by one listener for each signal: Node warns of more than ten. */
export function createSignalFollowers(): (signal: AbortSignal, controller: AbortController) => () => void {
  const groups = new Map<AbortSignal, Group>();

  function found(signal: AbortSignal): Group {
    const controllers = new Set<AbortController>();
    const stop = () => {
      for (const controller of controllers) controller.abort(signal.reason);
    };
    signal.addEventListener("abort", stop, { once: true });
    const group = { controllers, stop };
    groups.set(signal, group);
    return group;
  }

  return (signal, controller) => {
    if (signal.aborted) controller.abort(signal.reason);
    const { controllers, stop } = groups.get(signal) ?? found(signal);
    controllers.add(controller);
    return () => {
      controllers.delete(controller);
      if (controllers.size > 0) return;
      signal.removeEventListener("abort", stop);
      groups.delete(signal);
    };
  };
}
