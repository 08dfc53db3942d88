import { count } from "./format.ts";

/** Where the changes stand below the form, a way to them. */
export function PendingBar({ changeCount }: { readonly changeCount: number }) {
  return (
    <div class="pending-bar">
      <strong>{count(changeCount, "change")} not saved</strong>
      <button type="button" class="primary" onClick={showPanel}>
        Review
      </button>
    </div>
  );
}

function showPanel(): void {
  const title = document.getElementById("changes-title");
  title?.scrollIntoView({ block: "center" });
  title?.focus({ preventScroll: true });
}
