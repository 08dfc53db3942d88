import type { Call } from "../call.ts";
import type { Endpoint } from "../endpoint.ts";
import { refuse } from "../problem-response.ts";
import type { SimulatorParts } from "../simulator-parts.ts";
import { type StoredFile, toFileJson } from "../stored-file.ts";

/** `POST /files`, multipart with `content` and optionally `filename`, `type` and `metadata`. Files are kept for 24 hours. */
export const uploadFile: Endpoint = async (call, { settings, clock, files }) => {
  const form = await readForm(call, settings.maximumFileBytes);
  const content = form.get("content");
  if (!(content instanceof Blob)) throw refuse(400, "Missing content: upload the file as the form field named content.");
  if (content.size > settings.maximumFileBytes) throw refuse(413, `The file is larger than ${settings.maximumFileBytes} bytes.`);
  const createdAt = clock.now();
  const file: StoredFile = {
    id: settings.seeded.id("file"),
    name: (await readText(form, "filename")) ?? content.name,
    contentType: (await readText(form, "type")) ?? (content.type || "application/octet-stream"),
    bytes: new Uint8Array(await content.arrayBuffer()),
    metadata: readMetadata(await readText(form, "metadata")),
    createdAt,
    expiresAt: createdAt + settings.fileLifetimeMs,
    deletedAt: null,
  };
  files.add(file);
  return Response.json(toFileJson(file, call.site), { status: 201 });
};

/** `GET /files` */
export const listFiles: Endpoint = (call, { files, clock }) => {
  return Response.json({ previous: null, next: null, results: files.list(clock.now()).map((file) => toFileJson(file, call.site)) });
};

/** `GET /files/{id}` */
export const getFile: Endpoint = (call, parts) => Response.json(toFileJson(findFile(call, parts), call.site));

/** `GET /files/{id}/download`: the bytes. */
export const downloadFile: Endpoint = (call, parts) => {
  const { bytes, contentType } = findFile(call, parts);
  return new Response(Uint8Array.from(bytes), { headers: { "content-type": contentType } });
};

/** `DELETE /files/{id}` */
export const deleteFile: Endpoint = (call, parts) => {
  parts.files.delete(findFile(call, parts).id, parts.clock.now());
  return new Response(null, { status: 204 });
};

function findFile({ parameters: [id = ""] }: Call, { files, clock }: SimulatorParts): StoredFile {
  const file = files.get(id, clock.now());
  if (file === undefined) throw refuse(404, "The requested resource could not be found.");
  return file;
}

async function readForm(call: Call, maximumFileBytes: number): Promise<FormData> {
  // The other fields and the boundaries come on top of the file.
  const bytes = await call.readBytes(maximumFileBytes + 1024 * 1024);
  const headers = { "content-type": call.headers.get("content-type") ?? "" };
  return new Response(Uint8Array.from(bytes), { headers }).formData().catch(() => {
    throw refuse(400, "The request body must be multipart/form-data.");
  });
}

async function readText(form: FormData, name: string): Promise<string | undefined> {
  const value = form.get(name);
  return value instanceof Blob ? value.text() : (value ?? undefined);
}

function readMetadata(text: string | undefined): unknown {
  try {
    return text === undefined ? {} : JSON.parse(text);
  } catch {
    throw refuse(400, "metadata must be JSON.");
  }
}
