// Keeps photos and staged images in an S3 bucket, as <run id>/<kind>-<index>.<extension>. Copy it, and `npm install @aws-sdk/client-s3
// @aws-sdk/lib-storage`:
//
//   new StagingClient({ sink: s3Sink({ client: new S3Client({}), bucket: "images" }) })
import { AbortMultipartUploadCommand, GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { type Sink, SinkError } from "restage";

/** What trying again does not mend. Whatever else S3 says may be over in a moment. */
const refusals = ["AccessDenied", "InvalidAccessKeyId", "NoSuchBucket", "NoSuchKey", "SignatureDoesNotMatch"];

/** A sink over a bucket. Of each image on its way it holds up to 20 MB, whatever its size. */
export function s3Sink({ client, bucket }: { readonly client: S3Client; readonly bucket: string }): Sink {
  return {
    async put({ runId, kind, index, extension, contentType, body }, { signal }) {
      const Key = `${runId}/${kind}-${index}.${extension}`;
      const params = { Bucket: bucket, Key, Body: body, ContentType: contentType };
      // An upload whose stream is cut, or whose bucket fails, ends with an error and leaves no object.
      await new Upload({ client: untilAborted(client, signal), params, queueSize: 1 }).done().catch(fail);
      return { location: `s3://${bucket}/${Key}` };
    },
    async get(location) {
      const { hostname, pathname } = new URL(location);
      if (hostname !== bucket) throw new SinkError("the location is in another bucket", { retryable: false });
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: pathname.slice(1) })).catch(fail);
      return new Uint8Array((await Body?.transformToByteArray()) ?? []);
    },
  };
}

/** The client, whose requests end with the signal; only the one that gives the parts of an upload up does not. */
function untilAborted(client: S3Client, signal: AbortSignal): S3Client {
  const send = (command: Parameters<S3Client["send"]>[0]) =>
    client.send(command, command instanceof AbortMultipartUploadCommand ? {} : { abortSignal: signal });
  return Object.assign(Object.create(client), { send });
}

function fail(error: unknown): never {
  const { name } = error as Error;
  throw refusals.includes(name) ? new SinkError(`S3 refuses it: ${name}`, { retryable: false, cause: error }) : error;
}
