import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";

/** Shows a form in the page. */
export function renderForm(form: ReactNode): void {
  const main = document.querySelector("main");
  if (main !== null) createRoot(main).render(<StrictMode>{form}</StrictMode>);
}
