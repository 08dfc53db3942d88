import type { ApiError } from "./api-error.ts";

/** Says what went wrong, and offers to try again. */
export function Failure({ error, retry }: { readonly error: ApiError; readonly retry?: (() => void) | undefined }) {
  // The message repeats the issues, line by line.
  const [summary = ""] = error.message.split("\n");
  const issues = error.issues.filter(({ message }) => message !== summary);
  return (
    <div class="notice bad" role="alert">
      <p>{summary}</p>
      {issues.length > 0 && (
        <ul>
          {issues.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {retry && (
        <button type="button" class="small" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Shown while something is on its way. */
export function Waiting() {
  return (
    <p class="waiting" aria-busy="true">
      Loading
    </p>
  );
}
