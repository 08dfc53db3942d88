import { ImageDownloadError } from "../errors/image-download-error.ts";
import { parseOutputAddress, parseRedirect } from "./output-address.ts";

const maximumRedirects = 5;
const redirects = [301, 302, 303, 307, 308];

/** How an output is asked for. */
export interface OutputRequest {
  readonly fetch: typeof fetch;
  /** The origin of this base URL is trusted beside replicate.delivery. */
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * The answer of an output's address, whatever its status. Sends no token. Redirects are followed by hand, since each could lead astray.
 * @throws {ImageDownloadError} for an address, here or behind a redirect, that is none of Replicate's, and for too many redirects.
 */
export async function fetchOutput(address: string, { fetch, baseUrl, headers = {}, signal }: OutputRequest): Promise<Response> {
  let url = parseOutputAddress(address, baseUrl);
  for (let followed = 0; ; followed++) {
    const response = await fetch(url.href, { redirect: "manual", headers, signal });
    const location = redirects.includes(response.status) ? response.headers.get("location") : null;
    if (location === null) return response;
    await response.body?.cancel();
    if (followed === maximumRedirects) throw new ImageDownloadError(`more than ${maximumRedirects} redirects`, { retryable: false });
    url = parseRedirect(location, url, baseUrl);
  }
}
