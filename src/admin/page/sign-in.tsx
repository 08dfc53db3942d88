import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { onUnauthorized } from "./api.ts";
import { keepToken } from "./token.ts";

/** Shows its children until the server asks who is there. */
export function SignIn({ children }: { readonly children: ComponentChildren }) {
  const [isAsked, setIsAsked] = useState(false);
  const [token, setToken] = useState("");
  useEffect(() => onUnauthorized(() => setIsAsked(true)), []);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isAsked) field.current?.focus();
  }, [isAsked]);
  if (!isAsked) return <>{children}</>;
  const submit = (event: Event) => {
    event.preventDefault();
    keepToken(token.trim());
    setIsAsked(false);
  };
  return (
    <section class="sign-in">
      <h1>Please sign in</h1>
      <p>You are not signed in, or not as an admin. Sign in where you usually do and reload this page, or enter an access token.</p>
      <form onSubmit={submit}>
        <label class="stacked">
          <span class="label">Access token</span>
          <input
            ref={field}
            type="password"
            required
            autocomplete="off"
            value={token}
            onInput={({ currentTarget }) => setToken(currentTarget.value)}
          />
        </label>
        <div class="actions">
          <button type="submit" class="primary">
            Continue
          </button>
        </div>
      </form>
    </section>
  );
}
