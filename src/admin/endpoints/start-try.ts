import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import type { StageRequest } from "../../client/stage-request.ts";
import type { AnyModel } from "../../model/model.ts";
import { fieldsSchema } from "../../settings/stored-values.ts";
import { AdminRequestError } from "../admin-request-error.ts";
import { maximumPhotoBytes } from "../maximum-photo-bytes.ts";
import { defineRoute } from "../route.ts";

/** The group of the runs that are tried here, so that they are told from those of the service. */
const triedGroup = "admin-try";

const timeoutMs = 60_000;

const body = once(() =>
  z.strictObject({
    // Bytes, never an address or a path of the server's.
    image: z.string().regex(/^data:image\/(?:jpeg|png|webp|gif);base64,/, "must be a data URL of a jpeg, png, webp or gif"),
    room: z.string().max(100).optional(),
    style: z.string().max(100).optional(),
    mode: z.string().max(100).optional(),
    modelId: z.string().max(200),
    config: fieldsSchema().default({}),
    projectId: z.string().optional(),
  }),
);

/** `POST try`: stages a photo with these settings, unsaved ones too. It costs what its estimate says; the same `Idempotency-Key` pays once. */
export const startTry = defineRoute({
  method: "POST",
  path: "try",
  permission: "spend",
  body,
  // A data URL has four characters for three bytes.
  maximumBodyBytes: Math.ceil((maximumPhotoBytes * 4) / 3) + 1_000_000,
  async answer({ client, tried, waitUntil }, { request, body: asked }) {
    if (client === undefined)
      throw new AdminRequestError(404, "not_configured", "Photos are tried only where createAdminHandler is given a client");
    const idempotencyKey = `${triedGroup}:${readKey(request)}`;
    const { id, estimate, state } = await client.start({ ...asked, group: triedGroup, idempotencyKey } as StageRequest<AnyModel>, {
      timeoutMs,
    });
    if (tried.get(id) === undefined && state === "running") {
      const staged = client.wait(id);
      tried.keep(id, staged);
      // What became of it stands in its run.
      waitUntil(staged.catch(() => undefined));
    }
    return { status: 202, body: { runId: id, estimate } };
  },
});

function readKey({ headers }: Request): string {
  const key = headers.get("idempotency-key") ?? "";
  if (/^[\w-]{8,100}$/.test(key)) return key;
  const message =
    "Idempotency-Key must be 8 to 100 letters, digits, - and _, such as a new uuid for each press of the button: it is paid once";
  throw new AdminRequestError(400, "idempotency_key_required", message);
}
