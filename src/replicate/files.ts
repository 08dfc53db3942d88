import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { ask } from "./ask.ts";
import type { Http } from "./http.ts";

/** A file at Replicate. Its address works as an input. */
export interface UploadedFile {
  readonly id: string;
  readonly url: string;
}

/** Replicate takes files up to 100 MB (its documentation of POST /files, 2026-11). */
export const maximumFileBytes = 100_000_000;

const schema = once(() => z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/), urls: z.object({ get: z.url() }) }));

/**
 * Uploads a photo. Costs nothing, so it is tried again when the connection breaks. `patienceMs`: how long it may wait for the limiter.
 * @throws {ConnectionError} when no answer came, after retries.
 * @throws {RestageError} the typed error of any other answer.
 */
export async function uploadFile(
  http: Http,
  file: Blob,
  fileName: string,
  signal?: AbortSignal,
  patienceMs?: number,
): Promise<UploadedFile> {
  const form = new FormData();
  form.set("content", file, fileName);
  // 50 bytes a millisecond: a slow line that still gets a photo through.
  const toLimitMs = (usualMs: number) => usualMs + Math.ceil(file.size / 50);
  const { id, urls } = await ask(
    http,
    { method: "POST", path: "files", body: form, signal, patienceMs, toLimitMs },
    (body) => schema().safeParse(body).data,
  );
  return { id, url: urls.get };
}

/** Deletes a file, best effort, since Replicate deletes it some day anyway: one try, and at most 3 s to wait for the limiter and 3 s for the answer. Whether it is gone. */
export async function deleteFile(http: Http, id: string): Promise<boolean> {
  try {
    const { status } = await http.send({
      method: "DELETE",
      path: `files/${id}`,
      mayRepeat: false,
      patienceMs: 3_000,
      toLimitMs: (usualMs) => Math.min(usualMs, 3_000),
    });
    return status < 300 || status === 404;
  } catch {
    return false;
  }
}
