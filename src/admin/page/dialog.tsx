import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  onClose(): void;
}

// A button that is switched off while something is on its way loses the focus to nobody.
let lastFocused: EventTarget | null = null;
addEventListener("focusin", ({ target }) => {
  lastFocused = target;
});

/** A window over the page, as long as it is rendered. Escape closes it; what had the focus gets it back. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement === document.body ? lastFocused : document.activeElement;
    dialog.current?.showModal();
    // As long as the window is there, nothing outside of it can have the focus.
    return () => queueMicrotask(() => before instanceof HTMLElement && before.focus());
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
