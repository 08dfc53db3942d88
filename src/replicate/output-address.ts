import { ImageDownloadError } from "../errors/image-download-error.ts";

// No user name, no backslash, no space, no control or non-ASCII character where the host stands: nothing that two parsers could read in two ways.
const shape = /^https?:\/\/[a-z\d.:[\]-]+([/?#][^\s\\\p{Cc}]*)?$/iu;
const replicateHost = /^([a-z\d]([a-z\d-]*[a-z\d])?\.)*replicate\.delivery$/;

/**
 * The address of an output: https on replicate.delivery or a subdomain of it, at the usual port, or under the origin of the base URL. An
 * answer's addresses are not trusted: they could lead anywhere inside the service's network.
 * @throws {ImageDownloadError}
 */
export function parseOutputAddress(text: string, baseUrl: string): URL {
  const url = shape.test(text) ? toUrl(text) : undefined;
  const isReplicates = url?.protocol === "https:" && url.port === "" && replicateHost.test(url.hostname);
  if (url && (isReplicates || url.origin === new URL(baseUrl).origin)) return url;
  throw new ImageDownloadError("its address is not Replicate's", { retryable: false });
}

/**
 * Where a redirect leads, by the same rule: a whole address, or a path at the same host.
 * @throws {ImageDownloadError}
 */
export function parseRedirect(location: string, from: URL, baseUrl: string): URL {
  return parseOutputAddress(/^\/(?![/\\])/.test(location) ? new URL(location, from).href : location, baseUrl);
}

// Not URL.canParse, which Node 20.20 and 22.23 get wrong for some host names.
function toUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
