import { createServer, type Server } from "node:http";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import type { BudgetAlert } from "../../src/books/budget/budget-alert.ts";
import { signedWebhook } from "../../src/books/budget/signed-webhook.ts";
import { verifyWebhook } from "../../src/replicate/verify-webhook.ts";
import { aRun, openBudgets, write } from "./open-budgets.ts";

const secret = `whsec_${Buffer.from("a secret of some length, known to both").toString("base64")}`;
const alert: BudgetAlert = {
  id: "monthly_month_2026-01-01_50",
  budgetId: "monthly",
  percent: 50,
  period: "month",
  startsAt: "2026-01-01T00:00:00.000Z",
  resetsAt: "2026-02-01T00:00:00.000Z",
  limitMicroUsd: 100_000,
  spentMicroUsd: 0,
  reservedMicroUsd: 50_000,
  crossedAt: "2026-01-01T00:00:00.000Z",
};

interface Received {
  readonly headers: Record<string, string>;
  readonly method: string | undefined;
  readonly body: string;
}

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A receiver that answers with these statuses, one after the other, then 200; `null` is no answer at all. */
async function startReceiver(statuses: readonly (number | null)[] = []) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push({ headers: request.headers as Record<string, string>, method: request.method, body });
      const status = received.length > statuses.length ? 200 : statuses[received.length - 1];
      if (typeof status === "number") response.writeHead(status, { location: "/elsewhere" }).end("thanks");
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { readonly port: number };
  return { received, url: `http://127.0.0.1:${port}/alerts` };
}

describe("signedWebhook", () => {
  it("sends an alert that Standard Webhooks accepts, by the alert's own id", async () => {
    const { url, received } = await startReceiver();
    await signedWebhook({ url, secret })(alert);
    const [{ headers, method, body }] = received as [Received];
    expect(method).toBe("POST");
    expect(headers["content-type"]).toBe("application/json");
    expect(headers["webhook-id"]).toBe(alert.id);
    const data = new Webhook(secret).verify(body, headers);
    expect(data).toEqual({ type: "budget.alert", timestamp: alert.crossedAt, data: alert });
    expect((await verifyWebhook({ headers, body }, { secrets: [secret] })).id).toBe(alert.id);
    expect(() => new Webhook(secret).verify(body.replace("50000", "50001"), headers)).toThrow();
    expect(() => new Webhook(`whsec_${btoa("another")}`).verify(body, headers)).toThrow();
  });

  it("is dated by its clock", async () => {
    const { url, received } = await startReceiver();
    await signedWebhook({ url, secret, clock: { now: () => 1_999 } })(alert);
    expect(received[0]?.headers["webhook-timestamp"]).toBe("1");
  });

  it.each([302, 404, 500])("takes %i for no delivery, and follows nothing", async (status) => {
    const { url, received } = await startReceiver([status]);
    await expect(signedWebhook({ url, secret })(alert)).rejects.toMatchObject({ code: "alert_undelivered", status, retryable: true });
    expect(received).toHaveLength(1);
  });

  it("takes no answer for no delivery", async () => {
    const { url } = await startReceiver([null]);
    const silent = await signedWebhook({ url, secret, timeoutMs: 50 })(alert).catch((error: unknown) => error);
    expect(silent).toMatchObject({ code: "alert_undelivered", status: null });
    const fetch = () => Promise.reject(new TypeError("fetch failed"));
    await expect(signedWebhook({ url, secret, fetch })(alert)).rejects.toMatchObject({ code: "alert_undelivered", status: null });
    expect(JSON.stringify(silent)).not.toContain(url);
  });

  it("wants an https address or the loopback one, a secret and a time limit", () => {
    const good = { url: "https://example.com/alerts", secret };
    const bad = [
      [{ ...good, url: "http://example.com/alerts" }, ["url"]],
      [{ ...good, url: "alerts" }, ["url"]],
      [{ ...good, secret: "secret" }, ["secret"]],
      [{ ...good, secret: "whsec_" }, ["secret"]],
      [{ ...good, timeoutMs: 0 }, ["timeoutMs"]],
      [{ url: 7, secret: 7, timeoutMs: 30_001 }, ["secret", "timeoutMs", "url"]],
    ] as const;
    for (const [options, fields] of bad) {
      let thrown: { readonly code?: string; readonly problems?: readonly { readonly field: string }[] } = {};
      try {
        signedWebhook(options as typeof good);
      } catch (error) {
        thrown = error as typeof thrown;
      }
      expect(thrown.code).toBe("invalid_request");
      expect(thrown.problems?.map(({ field }) => field).sort()).toEqual(fields);
      expect(String(thrown)).not.toContain("example.com");
    }
  });

  it("delivers the alerts of budgets again until the receiver took them, by one id", async () => {
    const { url, received } = await startReceiver([500, 503]);
    const { budgets } = openBudgets({ onAlert: signedWebhook({ url, secret }) });
    await budgets.set({ id: "monthly", period: "month", limitMicroUsd: 100_000 }, write);
    await budgets.reserve(aRun("a", 50_000));
    for (let round = 0; round < 4; round += 1) await budgets.deliverAlerts();
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([alert.id]));
  });
});
