import { useEffect } from "preact/hooks";

/** Says in the browser's tab where one is. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Restage`;
  }, [title]);
}
