import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it, vi } from "vitest";
import { InvalidRequestError } from "../../src/errors/invalid-request-error.ts";
import { InvalidWebhookError, type WebhookFlaw } from "../../src/errors/invalid-webhook-error.ts";
import { verifyWebhook, type WebhookRequest } from "../../src/replicate/verify-webhook.ts";
import { createRandom, type Random } from "../../src/testing/drawing/random.ts";
import { rejection } from "./helpers.ts";

const nowMs = Date.UTC(2026, 10, 21, 12, 0, 0, 700);
const clock = { now: () => nowMs };
const seed = Number(process.env.RESTAGE_SEED ?? 1);
const casesOfAKind = 80;

/** A webhook with one header each. */
interface Sent {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

type Names = readonly [id: string, timestamp: string, signature: string];
const names: Names = ["webhook-id", "webhook-timestamp", "webhook-signature"];

function toRequest({ id, timestamp, signature, body }: Sent, written: Names = names): WebhookRequest {
  return { headers: { [written[0]]: id, [written[1]]: timestamp, [written[2]]: signature }, body };
}

/** Signed by what Node brings along, so that neither the code at hand nor its oracle says what is right. */
function sign(secret: string, id: string, timestamp: string, body: string | Uint8Array): string {
  const hmac = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"));
  return `v1,${hmac.update(`${id}.${timestamp}.`).update(body).digest("base64")}`;
}

async function judge(request: WebhookRequest, secrets: readonly string[]): Promise<WebhookFlaw | "believed"> {
  try {
    await verifyWebhook(request, { secrets, clock });
    return "believed";
  } catch (error) {
    if (InvalidWebhookError.is(error)) return error.reason;
    throw error;
  }
}

/** Whether the reference implementation believes it, by any of the secrets. */
function isBelievedByOracle({ id, timestamp, signature, body }: Sent, secrets: readonly string[]): boolean {
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
  return secrets.some((secret) => {
    try {
      new Webhook(secret).verify(body, headers, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  });
}

const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"] as [string, ...string[]];
const word = (random: Random, length: number) => Array.from({ length }, () => random.pick(letters)).join("");
const below = (random: Random, length: number) => Math.floor(random.between(0, length));

function newSecret(random: Random): string {
  return `whsec_${Buffer.from(Uint8Array.from({ length: 24 + below(random, 41) }, () => below(random, 256))).toString("base64")}`;
}

function newSent(random: Random, secret: string, ageSeconds = Math.round(random.between(-300, 300))): Sent {
  const id = `msg_${word(random, 26)}`;
  const timestamp = String(Math.floor(nowMs / 1000) - ageSeconds);
  const output = Array.from(
    { length: below(random, 4) },
    () => `https://replicate.delivery/${word(random, 20)}/ü-${below(random, 9)}.webp`,
  );
  const body = JSON.stringify({ id: word(random, 26), status: random.pick(["processing", "succeeded", "failed"]), output, logs: "…\n🛋️" });
  return { id, timestamp, signature: sign(secret, id, timestamp, body), body };
}

function flipBit(random: Random, text: string): string {
  const bytes = Buffer.from(text, "latin1");
  const at = below(random, bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
  return bytes.toString("latin1");
}

/** Makes a case of its kind: what is sent, and the secrets that the receiver has. */
type Make = (random: Random, secret: string) => { readonly sent: Sent; readonly secrets?: readonly string[] };

const kinds: Readonly<Record<string, readonly [verdict: "believed" | "refused", Make]>> = {
  "one signature": ["believed", (random, secret) => ({ sent: newSent(random, secret) })],
  "at the very edge of the five minutes": ["believed", (random, secret) => ({ sent: newSent(random, secret, random.pick([-300, 300])) })],
  "several signatures": [
    "believed",
    (random, secret) => {
      const sent = newSent(random, secret);
      const others = [
        sign(newSecret(random), sent.id, sent.timestamp, sent.body),
        `v1a,${word(random, 86)}==`,
        `v2,${word(random, 43)}=`,
        "v1,",
      ];
      const all = [...others.slice(below(random, 4)), sent.signature, ...others.slice(0, below(random, 4))];
      return { sent: { ...sent, signature: all.join(" ") } };
    },
  ],
  "while secrets are rotated": [
    "believed",
    (random, secret) => ({
      sent: newSent(random, secret),
      secrets: random.pick([
        [newSecret(random), secret],
        [secret, newSecret(random)],
        [newSecret(random), newSecret(random), secret],
      ]),
    }),
  ],
  "two headers that a proxy joined": [
    "believed",
    (random, secret) => {
      const sent = newSent(random, secret);
      const both = [sent.signature, sign(newSecret(random), sent.id, sent.timestamp, sent.body)];
      return { sent: { ...sent, signature: (random.chance(0.5) ? both : both.reverse()).join(", ") } };
    },
  ],
  forged: [
    "refused",
    (random, secret) => ({ sent: { ...newSent(random, secret), signature: `v1,${Buffer.from(word(random, 32)).toString("base64")}` } }),
  ],
  "signed by a foreign secret": [
    "refused",
    (random, secret) => ({ sent: newSent(random, newSecret(random)), secrets: [secret, newSecret(random)] }),
  ],
  "replayed under another id": ["refused", (random, secret) => ({ sent: { ...newSent(random, secret), id: `msg_${word(random, 26)}` } })],
  "replayed at another time": [
    "refused",
    (random, secret) => ({ sent: { ...newSent(random, secret, 301 + below(random, 1e6)), timestamp: String(Math.floor(nowMs / 1000)) } }),
  ],
  stale: ["refused", (random, secret) => ({ sent: newSent(random, secret, random.pick([301, 302, 3_600, 301 + below(random, 1e9)])) })],
  "from the future": [
    "refused",
    (random, secret) => ({ sent: newSent(random, secret, -random.pick([301, 302, 3_600, 301 + below(random, 1e9)])) }),
  ],
  "with a bit flipped in its body": ["refused", (random, secret) => withFlip(random, newSent(random, secret), "body")],
  "with a bit flipped in its signature": ["refused", (random, secret) => withFlip(random, newSent(random, secret), "signature")],
  "with a bit flipped in its id": ["refused", (random, secret) => withFlip(random, newSent(random, secret), "id")],
  "whose signature is the same bytes, written otherwise": [
    "refused",
    (random, secret) => {
      const sent = newSent(random, secret);
      const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
      // Behind the 32 bytes the last letter holds two bits that are of no meaning.
      const last = alphabet[alphabet.indexOf(sent.signature.at(-2) ?? "") + random.pick([1, 2, 3])];
      const ways = [`${sent.signature.slice(0, -2)}${last}=`, sent.signature.slice(0, -1), `${sent.signature}=`] as const;
      return { sent: { ...sent, signature: random.pick(ways) } };
    },
  ],
  "with another digit in its time": [
    "refused",
    (random, secret) => {
      const sent = newSent(random, secret, 0);
      return { sent: { ...sent, timestamp: String(Number(sent.timestamp) + random.pick([-7, -1, 1, 9])) } };
    },
  ],
  "of a wrong version": [
    "refused",
    (random, secret) => {
      const sent = newSent(random, secret);
      return {
        sent: { ...sent, signature: sent.signature.replace("v1,", random.pick(["v1a,", "v2,", "v0,", "V1,", "v1", "", ",", "v1,v1,"])) },
      };
    },
  ],
  "with its body cut, or written anew": [
    "refused",
    (random, secret) => {
      const sent = newSent(random, secret);
      const body = random.pick([sent.body.slice(0, -1), `${sent.body}\n`, JSON.stringify(JSON.parse(sent.body), null, 2), ""]);
      return { sent: { ...sent, body } };
    },
  ],
  "without a header": [
    "refused",
    (random, secret) => ({ sent: { ...newSent(random, secret), [random.pick(["id", "timestamp", "signature"])]: "" } }),
  ],
};

function withFlip(random: Random, sent: Sent, field: "id" | "body" | "signature") {
  // Before the comma it is another version, and of the same kind.
  const flipped = field === "signature" ? `v1,${flipBit(random, sent.signature.slice(3))}` : flipBit(random, sent[field]);
  return { sent: { ...sent, [field]: flipped } };
}

describe("verifyWebhook", () => {
  afterEach(() => void vi.useRealTimers());

  it.each(Object.entries(kinds))("judges as the reference implementation does: %s", async (kind, [verdict, make]) => {
    vi.useFakeTimers({ now: nowMs, toFake: ["Date"] });
    const wrong: object[] = [];
    for (let number = 0; number < casesOfAKind; number++) {
      const random = createRandom(seed, number, kind.length);
      const secret = newSecret(random);
      const { sent, secrets = [secret] } = make(random, secret);
      const ours = (await judge(toRequest(sent), secrets)) === "believed";
      if (ours !== (verdict === "believed") || ours !== isBelievedByOracle(sent, secrets))
        wrong.push({ seed, number, ours, sent, secrets });
    }
    expect(wrong).toEqual([]);
  });

  it("has 1,200 cases at least", () => {
    expect(Object.keys(kinds).length * casesOfAKind).toBeGreaterThanOrEqual(1_200);
  });
});

const random = createRandom(seed);
const secret = newSecret(random);
const sent = newSent(random, secret, 10);

describe("where it is stricter than the reference implementation", () => {
  afterEach(() => void vi.useRealTimers());
  const seconds = sent.timestamp;
  const dotted = { ...sent, id: "msg_1.2", signature: sign(secret, "msg_1.2", seconds, sent.body) };

  // The reference reads a number out of whatever begins with one, and drops what follows a second comma.
  it.each<[string, Sent, WebhookFlaw]>([
    ["a time with letters behind", { ...sent, timestamp: `${seconds}abc` }, "malformed"],
    ["a time with a sign", { ...sent, timestamp: `+${seconds}` }, "malformed"],
    ["a time with a fraction", { ...sent, timestamp: `${seconds}.9` }, "malformed"],
    ["an id with a dot, which the signature could not tell from the time", dotted, "malformed"],
    ["something behind the signature", { ...sent, signature: `${sent.signature},more` }, "signature"],
  ])("refuses %s", async (_, request, reason) => {
    vi.useFakeTimers({ now: nowMs, toFake: ["Date"] });
    expect(isBelievedByOracle(request, [secret])).toBe(true);
    expect(await judge(toRequest(request), [secret])).toBe(reason);
  });
});

describe("what is read of a request", () => {
  it("is who sent it, and when", async () => {
    const verified = await verifyWebhook(toRequest(sent), { secrets: [secret], clock });
    expect(verified).toEqual({ id: sent.id, sentAt: new Date(Number(sent.timestamp) * 1000) });
  });

  it.each<[string, Names]>([
    ["lower case", names],
    ["upper case", ["WEBHOOK-ID", "WEBHOOK-TIMESTAMP", "WEBHOOK-SIGNATURE"]],
    ["mixed case", ["Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"]],
  ])("are headers of %s, in a record or not", async (_, written) => {
    const request = toRequest(sent, written);
    expect(await judge(request, [secret])).toBe("believed");
    expect(await judge({ ...request, headers: new Headers(request.headers as Record<string, string>) }, [secret])).toBe("believed");
  });

  it("are signatures of several lines, as Node may give them", async () => {
    const { headers, body } = toRequest(sent);
    const signatures = [sign(newSecret(random), sent.id, sent.timestamp, body as string), sent.signature];
    expect(await judge({ headers: { ...headers, "webhook-signature": signatures }, body }, [secret])).toBe("believed");
    expect(await judge({ headers: { ...headers, "Webhook-Id": "msg_2" }, body }, [secret])).toBe("malformed");
  });

  it("are bytes as they are, whether or not they are text", async () => {
    const body = Uint8Array.from([0xff, 0xfe, 0x00, 0x7b]);
    const signature = sign(secret, sent.id, sent.timestamp, body);
    expect(await judge({ ...toRequest({ ...sent, signature }), body }, [secret])).toBe("believed");
    expect(await judge({ ...toRequest({ ...sent, signature }), body: new TextDecoder().decode(body) }, [secret])).toBe("signature");
    expect(await judge({ ...toRequest(sent), body: Buffer.from(sent.body) }, [secret])).toBe("believed");
  });

  it.each<[string, WebhookFlaw, Partial<Sent>]>([
    ["no id", "missing_header", { id: "" }],
    ["no time", "missing_header", { timestamp: "" }],
    ["no signature", "missing_header", { signature: "" }],
    ["a time that is none", "malformed", { timestamp: "now" }],
    ["an old time", "stale", { timestamp: "978307200" }],
    ["a time to come", "future", { timestamp: "4102444800" }],
    ["another signature", "signature", { signature: `v1,${"A".repeat(43)}=` }],
    ["a signature written otherwise", "signature", { signature: sent.signature.slice(0, -1) }],
  ])("tells %s: %s", async (_, reason, change) => {
    const error = await rejection(verifyWebhook(toRequest({ ...sent, ...change }), { secrets: [secret], clock }));
    expect(error).toMatchObject({ code: "invalid_webhook", reason, billed: "no", retryable: false });
    for (const hidden of [sent.body, secret, sent.signature]) expect(JSON.stringify(error)).not.toContain(hidden);
  });

  it.each<[string, unknown, string]>([
    ["no list", secret, "secrets"],
    ["an empty list", [], "secrets"],
    ["none that is set", [undefined], "secrets[0]"],
    ["one without its prefix", [secret.slice(6)], "secrets[0]"],
    ["one that is empty", [secret, "whsec_"], "secrets[1]"],
    ["one that is no base64", ["whsec_%%%%"], "secrets[0]"],
    ["one that is cut", ["whsec_abcde"], "secrets[0]"],
    ["one with a line break", [`${secret}\n`], "secrets[0]"],
  ])("needs secrets, not %s", async (_, secrets, field) => {
    const error = await rejection(verifyWebhook(toRequest(sent), { secrets: secrets as string[], clock }));
    expect(InvalidRequestError.is(error) && error.problems.map((problem) => problem.field)).toEqual([field]);
    expect(String(error)).not.toContain(secret.slice(6));
  });

  it("needs the raw body, not what was parsed", async () => {
    const body = JSON.parse(sent.body);
    expect(await rejection(verifyWebhook({ ...toRequest(sent), body }, { secrets: [secret], clock }))).toMatchObject({
      code: "invalid_request",
      problems: [{ field: "body" }],
    });
  });
});
