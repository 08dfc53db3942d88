import type { IncomingMessage, Server } from "node:http";
import { createRequire } from "node:module";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import { makeFolder } from "../sinks/helpers.ts";

// It comes without types.
interface LocalServer {
  readonly httpServer: Server;
  run(): Promise<{ readonly port: number }>;
}
type LocalServerOptions = Readonly<Record<"address" | "directory", string>> & {
  readonly port: number;
  readonly silent: boolean;
  readonly configureBuckets: readonly { readonly name: string }[];
};
const S3rver: new (options: LocalServerOptions) => LocalServer = createRequire(import.meta.url)("s3rver");

/** A server that speaks S3, with one bucket, `images`, on a folder of its own. */
export interface LocalS3 {
  readonly endpoint: string;
  readonly client: S3Client;
  /** What it was asked, such as `PUT /images/run_1/staged-0.png?partNumber=1…`. */
  readonly asked: readonly string[];
  /** Called at each request, before it is read. */
  onRequest: ((incoming: IncomingMessage) => void) | undefined;
  /** The keys of the bucket, sorted. */
  keys(): Promise<readonly string[]>;
  read(key: string): Promise<{ readonly bytes: Uint8Array; readonly contentType: string | undefined }>;
  /** Ends it at once, whatever is on its way. */
  kill(): void;
  /** Starts it again, at the same address with the same objects. */
  restart(): Promise<void>;
}

/** Starts it; it is gone with the test. */
export async function startS3(): Promise<LocalS3> {
  const directory = makeFolder();
  const bucket = "images";
  const asked: string[] = [];
  const run = async (port: number) => {
    const server = new S3rver({ address: "127.0.0.1", port, directory, silent: true, configureBuckets: [{ name: bucket }] });
    const address = await server.run();
    server.httpServer.prependListener("request", (incoming: IncomingMessage) => {
      asked.push(`${incoming.method} ${incoming.url}`);
      s3.onRequest?.(incoming);
    });
    return { ...address, httpServer: server.httpServer };
  };
  let running: Awaited<ReturnType<typeof run>>;
  const s3: LocalS3 = {
    get endpoint() {
      return `http://127.0.0.1:${running.port}`;
    },
    get client() {
      return client;
    },
    asked,
    onRequest: undefined,
    async keys() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.map(({ Key = "" }) => Key).sort();
    },
    async read(key) {
      const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return { bytes: new Uint8Array((await Body?.transformToByteArray()) ?? []), contentType: ContentType };
    },
    kill() {
      running.httpServer.close();
      running.httpServer.closeAllConnections();
    },
    async restart() {
      running = await run(running.port);
    },
  };
  running = await run(0);
  const client = toClient(s3.endpoint);
  onTestFinished(() => {
    client.destroy();
    s3.kill();
  });
  return s3;
}

/** A client of a local server, which tries once. */
export function toClient(endpoint: string): S3Client {
  const credentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
  return new S3Client({ endpoint, credentials, region: "us-east-1", forcePathStyle: true, maxAttempts: 1 });
}
