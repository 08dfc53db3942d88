import { describe, expect, it } from "vitest";
import { claimAttempt } from "../../src/client/claim-attempt.ts";
import type { ClientContext } from "../../src/client/client-context.ts";
import { createContext } from "../../src/client/create-context.ts";
import type { Lease } from "../../src/client/create-leases.ts";
import { prepare } from "../../src/client/prepare.ts";
import { toMark } from "../../src/client/to-mark.ts";
import { toNewRun } from "../../src/client/to-new-run.ts";
import { registry } from "../../src/models/index.ts";
import type { RunRecord } from "../../src/runs/run.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import type { SettingsReader } from "../../src/settings/settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { request, setTheStage } from "./helpers.ts";

describe("claiming an attempt", () => {
  const leaseMs = 60_000;

  async function setTheClaim() {
    const { runStore, simulator, clock } = await setTheStage();
    const settings = createSettings({ store: memoryConfigStore() }) as unknown as SettingsReader;
    const { url: baseUrl, token } = simulator;
    const context: ClientContext = createContext({ runStore, clock, baseUrl, token, requestTimeoutMs: 5_000, leaseMs }, registry as never);
    const prepared = await prepare(settings, request, () => 1, { spending: undefined, maximumRunMicroUsd: 1_000_000 });
    const { run } = await runStore.create({ ...(await toNewRun(prepared, request, false)), leaseMs });
    const mark = await toMark(prepared.plan.input);
    const claim = (lease: Lease, claimed: RunRecord = run) => claimAttempt(context, lease, claimed, mark);
    return { runStore, clock, leases: context.leases, run, mark, claim };
  }

  it("is granted once, to whomever asks first", async () => {
    const { runStore, leases, run, mark, claim } = await setTheClaim();
    const claims = await Promise.all(Array.from({ length: 5 }, () => leases.hold(run, (lease) => claim(lease))));
    expect(claims.map(({ isOurs }) => isOurs).sort()).toEqual([false, false, false, false, true]);
    expect(new Set(claims.map((claim) => claim.run.version)).size).toBe(1);
    expect(await runStore.get(run.id)).toMatchObject({ state: "creating", attempts: [{ number: 1, mark, predictionId: null }] });
  });

  it("is granted again to whom nobody has taken the run from, however late", async () => {
    const { clock, leases, run, claim } = await setTheClaim();
    const again = await leases.hold(run, async (lease) => {
      const first = await claim(lease);
      await clock.sleep(2 * leaseMs);
      return claim(lease, first.run);
    });
    expect(again).toMatchObject({ isOurs: true, run: { state: "creating", attempts: [{ number: 1 }] } });
  });

  it.each(["preparing", "creating"] as const)(
    "is refused once somebody else has claimed the %s run; theirs stays theirs",
    async (state) => {
      const { runStore, clock, leases, run, claim } = await setTheClaim();
      const work = leases.hold(run, async (lease) => {
        const before = state === "creating" ? (await claim(lease)).run : run;
        await clock.sleep(leaseMs);
        const [theirs] = await runStore.claim({ states: [state], leaseMs, limit: 1 });
        expect(await claim(lease, before)).toEqual({ run: theirs, isOurs: false });
        throw new Error("the end of the work");
      });
      await expect(work).rejects.toThrow("the end of the work");
      expect(await runStore.claim({ states: [state], leaseMs, limit: 1 })).toEqual([]);
    },
  );
});
