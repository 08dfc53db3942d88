import { useEffect, useState } from "preact/hooks";
import { onUnauthorized } from "./api.ts";
import { Dialog } from "./dialog.tsx";
import { keepToken } from "./token.ts";
import { tellSignIn } from "./use-sign-ins.ts";

/** Comes up over whatever is shown when the server asks who is there. What is shown stays, with all that was typed into it. */
export function SignIn() {
  const [isAsked, setIsAsked] = useState(false);
  useEffect(() => onUnauthorized(() => setIsAsked(true)), []);
  if (!isAsked) return null;
  const goOn = () => {
    setIsAsked(false);
    tellSignIn();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    keepToken(String(given.get("token") ?? "").trim());
    goOn();
  };
  return (
    // Whoever closes it goes on as they are: where that is nobody, it comes up again.
    <Dialog title="Please sign in" onClose={goOn}>
      <p>
        You are not signed in, or not as an admin. Sign in where you usually do, in another tab, and continue here; or enter an access
        token. Nothing that you typed is lost.
      </p>
      <form onSubmit={submit}>
        <label class="stacked">
          <span class="label">Access token (if you have one)</span>
          <input name="token" type="password" autocomplete="off" />
        </label>
        <div class="actions">
          <button type="submit" class="primary">
            Continue
          </button>
        </div>
      </form>
    </Dialog>
  );
}
