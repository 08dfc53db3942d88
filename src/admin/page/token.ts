import { decode } from "./decode.ts";

const key = "restage-admin-token";

/** Takes a token out of the fragment of the address, so that neither history nor screenshots hold it. */
export function takeToken(): void {
  const found = /^#token=([^&]+)&?(.*)$/.exec(location.hash);
  if (found === null) return;
  keepToken(decode(found[1] ?? ""));
  history.replaceState(null, "", `${location.pathname}${location.search}#${found[2] || "/"}`);
}

/** Keeps a token as long as the tab is open; an empty one is none. */
export function keepToken(token: string): void {
  if (token === "") sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, token);
}

/** The token the page was opened with; `null` where cookies say who asks. */
export function readToken(): string | null {
  return sessionStorage.getItem(key);
}
