import { describe, expect, it } from "vitest";
import { readImageSize } from "../../src/images/read-image-size.ts";
import { parseOutputAddress } from "../../src/replicate/output-address.ts";
import { type DownloadOptions, downloadImage } from "../../src/replicate/outputs.ts";
import { setTheStage } from "../client/helpers.ts";
import { rejection, startServer, startTcp, tinyPng } from "./helpers.ts";
import { toHostileAddresses } from "./hostile-addresses.ts";
import { openCanary } from "./open-canary.ts";

/** Downloads by the real `fetch`, and notes where it is sent. */
function watch(baseUrl: string, answer?: (address: string) => Response | undefined) {
  const fetched: string[] = [];
  const watching: typeof fetch = async (input, init) => {
    fetched.push(String(input));
    return answer?.(String(input)) ?? fetch(input, init);
  };
  const options: DownloadOptions = {
    fetch: watching,
    baseUrl,
    maximumImageBytes: 1_000,
    maximumImagePixels: 1_000,
    readImageSize,
    requestTimeoutMs: 5_000,
  };
  return { fetched, options };
}

const refused = { code: "image_download", retryable: false, billed: "yes" };
const official = "https://api.replicate.com/v1";
const redirectTo = (location: string) => new Response(null, { status: 302, headers: { location } });
const toLatin1 = (text: string) => Buffer.from(text).toString("latin1");
// A header holds no line break.
const toHostileLocations = (port: number) => toHostileAddresses(port).filter((address) => !/[\r\n\0]/.test(address));

describe("addresses that lead elsewhere", () => {
  it("are refused before there is a connection", async () => {
    const canary = await openCanary();
    const server = await startServer((_, outgoing) => outgoing.end(tinyPng));
    const addresses = toHostileAddresses(canary.port);
    expect(new Set(addresses).size).toBeGreaterThan(140);
    for (const baseUrl of [official, server.url]) {
      const { options, fetched } = watch(baseUrl);
      for (const address of addresses) expect(await rejection(downloadImage(address, options)), address).toMatchObject(refused);
      expect(fetched).toEqual([]);
    }
    expect(canary.connections()).toBe(0);
    // It would have been noticed.
    await rejection(fetch(`http://127.0.0.1:${canary.port}/`));
    expect(canary.connections()).toBe(1);
  });

  it("are not followed from replicate.delivery", async () => {
    const canary = await openCanary();
    for (const address of toHostileLocations(canary.port)) {
      const { options, fetched } = watch(official, (asked) => (asked === start ? redirectTo(toLatin1(address)) : undefined));
      const start = "https://replicate.delivery/start/0.png";
      const error = await rejection(downloadImage(start, { ...options, fetch: notBeyond(options.fetch) }));
      expect(error, address).toMatchObject(refused);
      expect(
        fetched.filter((asked) => !asked.startsWith("https://replicate.delivery/")),
        address,
      ).toEqual([]);
    }
    expect(canary.connections()).toBe(0);
  });

  it("are not followed from the base URL's origin, whatever the redirect", async () => {
    const canary = await openCanary();
    let location = "";
    let status = 302;
    const server = await startTcp((socket) =>
      socket.once("data", () =>
        socket.end(Buffer.from(`HTTP/1.1 ${status} Moved\r\nlocation: ${location}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)),
      ),
    );
    const { options, fetched } = watch(server.url);
    for (const [index, address] of toHostileLocations(canary.port).entries()) {
      location = address;
      status = [301, 302, 303, 307, 308][index % 5] as number;
      const error = await rejection(downloadImage(`http://127.0.0.1:${server.port}/0.png`, options));
      expect(error, address).toMatchObject(refused);
    }
    expect(fetched.filter((asked) => !asked.startsWith(`http://127.0.0.1:${server.port}/`))).toEqual([]);
    expect(canary.connections()).toBe(0);
  });

  // A name that resolves to this network once the rule has looked at it (DNS rebinding) leads nowhere: on a name only https is allowed, and
  // there whoever answers needs a certificate for replicate.delivery, at an address that anybody may choose. Numbers are for the base URL only.
  it("cannot be made of an allowed name by its DNS: names are https only, and numbers never allowed but as the base URL", () => {
    const allowed = ["https://replicate.delivery/a", "https://pbxt.replicate.delivery/a", "https://a.b.replicate.delivery:443/a?b#c"];
    for (const address of allowed) {
      expect(parseOutputAddress(address, official).protocol).toBe("https:");
      expect(() => parseOutputAddress(address.replace("https:", "http:"), official)).toThrow("not Replicate's");
    }
    expect(parseOutputAddress("https://api.replicate.com/v1/files/a", official).hostname).toBe("api.replicate.com");
    for (const host of ["127.0.0.1", "[::1]", "10.0.0.1"]) {
      expect(() => parseOutputAddress(`https://${host}/a`, official)).toThrow("not Replicate's");
      expect(() => parseOutputAddress(`http://${host}:81/a`, `http://${host}:80/v1`)).toThrow("not Replicate's");
      expect(parseOutputAddress(`http://${host}:81/a`, `http://${host}:81/v1`).port).toBe("81");
    }
  });
});

describe("redirects among allowed addresses", () => {
  it.each([1, 5])("are followed %i times, relative ones too", async (hops) => {
    const server = await startServer((incoming, outgoing) => {
      const at = Number(incoming.url?.slice(1, 2));
      if (at < hops) outgoing.writeHead(307, { location: at % 2 ? `/${at + 1}.png` : `${server.origin}/${at + 1}.png` }).end();
      else outgoing.end(tinyPng);
    });
    const { options } = watch(server.url);
    expect(await downloadImage(`${server.origin}/0.png`, options)).toMatchObject({ bytes: tinyPng });
    expect(server.asked).toHaveLength(hops + 1);
    expect(server.asked.every(({ headers }) => headers.authorization === undefined && headers.cookie === undefined)).toBe(true);
  });

  it.each(["a loop", "a chain"])("end after five in %s", async (kind) => {
    const server = await startServer((_, outgoing) =>
      outgoing.writeHead(302, { location: kind === "a loop" ? "/0.png" : `/${server.asked.length}.png` }).end(),
    );
    const { options } = watch(server.url);
    const error = await rejection(downloadImage(`${server.origin}/0.png`, options));
    expect(error).toMatchObject({ ...refused, message: expect.stringContaining("5 redirects") });
    expect(server.asked).toHaveLength(6);
  });

  it("lead from replicate.delivery to its subdomains", async () => {
    const { options, fetched } = watch(official, (address) =>
      address === "https://replicate.delivery/a" ? redirectTo("https://pbxt.replicate.delivery/b") : new Response(tinyPng),
    );
    expect(await downloadImage("https://replicate.delivery/a", options)).toMatchObject({ bytes: tinyPng });
    expect(fetched).toEqual(["https://replicate.delivery/a", "https://pbxt.replicate.delivery/b"]);
  });

  it("without an address are no images, and may be tried again", async () => {
    const server = await startServer((_, outgoing) => outgoing.writeHead(302).end());
    const { options } = watch(server.url);
    expect(await rejection(downloadImage(`${server.origin}/a`, options))).toMatchObject({ message: expect.stringContaining("HTTP 302") });
  });
});

describe("addresses in Replicate's answers", () => {
  it("are not asked: looks, cancels and listings go to the base URL", async () => {
    const canary = await openCanary();
    const elsewhere = `http://127.0.0.1:${canary.port}`;
    const { client, simulator, run } = await setTheStage();
    const urls = { get: `${elsewhere}/get`, cancel: `${elsewhere}/cancel`, stream: `${elsewhere}/stream`, web: elsewhere };
    const rewrite = (body: unknown) => ({ ...(body as object), urls });
    for (const on of ["create", "get", "cancel"] as const) simulator.faults.add({ on, kind: "rewrite", rewrite, times: 100 });
    const started = await client.start({ image: tinyPng, room: "living_room", style: "scandinavian" });
    await client.cancel(started.id);
    expect(await rejection(client.wait(started.id))).toMatchObject({ code: "run_failed" });
    expect((await run()).state).toMatch(/canceled|aborted/);

    // A listing is asked where no answer to a create came.
    const next = (body: unknown) => ({ ...(body as object), next: `${elsewhere}/v1/predictions?cursor=1` });
    simulator.faults.clear();
    simulator.faults.add({ on: "create", kind: "reset", when: "after_accept" });
    simulator.faults.add({ on: "list", kind: "rewrite", rewrite: next });
    await client.stage({ image: tinyPng, room: "living_room", style: "scandinavian" }).catch(() => undefined);
    expect(simulator.requests.some(({ target }) => target === "list")).toBe(true);
    expect(canary.connections()).toBe(0);
  });
});

/** Answers nothing at all where the real network would be asked. */
function notBeyond(inner: typeof fetch): typeof fetch {
  return async (input, init) =>
    String(input) === "https://replicate.delivery/start/0.png" ? inner(input, init) : new Response("", { status: 404 });
}
