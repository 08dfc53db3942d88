import assert from "node:assert/strict";
import type { Warning } from "../../model/warning.ts";
import type { Attempt, RunRecord } from "../../runs/run.ts";
import type { NewRun } from "../../runs/run-store.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleAttempt } from "./sample-attempt.ts";
import { sampleRun } from "./sample-run.ts";

const texts = [
  "Wohnküche",
  "リビング",
  "غرفة",
  "🛋️👩‍👩‍👧",
  "e\u0301",
  "'; DROP TABLE runs; --",
  'a"b\\c',
  "a\nb\tc",
  "$1 %s {0}",
  "",
  " ",
  "null",
];

/** What is given is what is kept, and nobody changes it from outside. */
export const valueCases: readonly RunStoreCase[] = [
  {
    name: "keeps its own copy of what it is given",
    async run({ createStore }) {
      const store = await createStore();
      const given = sampleRun({ idempotencyKey: "key", attempts: [sampleAttempt()] });
      const { run } = await store.create(given);
      tamper(given);
      assert.deepEqual(await store.get(run.id), run);
      const attempts = [sampleAttempt({ predictionId: "p1" })];
      const updated = await store.update(run.id, 1, { attempts });
      tamperAttempts(attempts);
      assert.deepEqual(await store.get(run.id), updated);
    },
  },
  {
    name: "gives copies, whichever way they are asked for",
    async run({ createStore }) {
      const store = await createStore();
      const { run: created } = await store.create(sampleRun({ state: "running", idempotencyKey: "key", attempts: [sampleAttempt()] }));
      const expected = structuredClone(created);
      tamper(created);
      const joined = await store.create(sampleRun({ idempotencyKey: "key" }));
      assert.deepEqual(joined.run, expected);
      tamper(joined.run);
      const read = await store.get(expected.id);
      assert.deepEqual(read, expected);
      tamper(read);
      const [listed] = (await store.list()).runs;
      assert.deepEqual(listed, expected);
      tamper(listed);
      const [claimed] = await store.claim({ states: ["running"], leaseMs: 60_000, limit: 1 });
      const claim = structuredClone(claimed);
      assert.deepEqual(claim, { ...expected, version: 2, updatedAt: claimed?.updatedAt, leaseExpiresAt: claimed?.leaseExpiresAt });
      tamper(claimed);
      assert.deepEqual(await store.get(expected.id), claim);
      const updated = await store.update(expected.id, 2, { cancelRequested: true });
      const update = structuredClone(updated);
      assert.deepEqual(update, { ...claim, version: 3, updatedAt: updated.updatedAt, cancelRequested: true });
      tamper(updated);
      assert.deepEqual(await store.get(expected.id), update);
    },
  },
  {
    name: "keeps text of every script, quotes and line breaks as they are",
    async run({ createStore }) {
      const store = await createStore();
      for (const text of texts) {
        const given = sampleRun({ projectId: text, group: text, room: text, config: { [text]: text }, extraInput: { [text]: [{ text }] } });
        const { run } = await store.create(given);
        const error = { code: "prediction_failed", message: text, retryable: false, billed: "unknown" } as const;
        const updated = await store.update(run.id, 1, { style: text, error });
        assert.deepEqual(updated, { ...run, ...given, style: text, error, version: 2, updatedAt: updated.updatedAt });
        assert.deepEqual(await store.get(run.id), updated);
        const { runs } = await store.list({ projectId: text, group: text });
        assert.deepEqual(runs, [updated]);
      }
    },
  },
  {
    name: "keeps runs that are over as they are, alike or not, through any later change",
    async run({ createStore }) {
      const store = await createStore();
      const kept: RunRecord[] = [];
      for (const [index, text] of texts.entries()) {
        const { run } = await store.create(sampleRun({ projectId: `p${index}`, group: text, attempts: [sampleAttempt()] }));
        const outputUrls = Array.from({ length: index }, (_, output) => `https://a.b/${text}/${output}`);
        const attempts = [
          sampleAttempt({ predictionId: `p ${text}`, startedAt: `2026-04-01T09:00:0${index % 10}.12${index}Z`, outputUrls }),
        ];
        const warning: Warning = {
          severity: "notice",
          code: "no_effect",
          field: text,
          reason: text.repeat(50),
          wayOut: "2026-02-31T09:00:00.000Z",
        };
        const state = index % 2 === 0 ? "succeeded" : "failed";
        const settled = await store.update(run.id, 1, { state, attempts, warnings: [warning, warning].slice(index % 3), style: text });
        assert.deepEqual(settled, { ...run, ...settled, state, attempts, style: text, group: text });
        kept.push(settled);
      }
      for (const run of kept) {
        assert.deepEqual(await store.get(run.id), run);
        assert.deepEqual((await store.list({ projectId: run.projectId ?? "" })).runs, [run]);
        assert.deepEqual((await store.list({ states: [run.state], group: run.group ?? "" })).runs, [run]);
        const updated = await store.update(run.id, 2, { uploadedFileId: null, cancelRequested: true });
        assert.deepEqual(updated, { ...run, uploadedFileId: null, cancelRequested: true, version: 3, updatedAt: updated.updatedAt });
        assert.deepEqual(await store.get(run.id), updated);
      }
    },
  },
  {
    name: "reads attempts as they were written, those without a field of today too",
    async run({ createStore }) {
      const store = await createStore();
      const { closedAt: _, foundBy: __, ...earlier } = sampleAttempt({ predictionId: "p1" });
      const { run } = await store.create(sampleRun({ state: "running", attempts: [earlier as Attempt] }));
      assert.deepEqual(run.attempts, [earlier]);
      assert.deepEqual((await store.list({ predictionId: "p1" })).runs, [run]);
      const attempts = [earlier as Attempt, sampleAttempt({ number: 2, foundBy: "listing", closedAt: null, predictionId: "p2" })];
      assert.deepEqual((await store.update(run.id, 1, { attempts })).attempts, attempts);
      assert.deepEqual((await store.claim({ states: ["running"], leaseMs: 60_000, limit: 1 }))[0]?.attempts, attempts);
    },
  },
  {
    name: "keeps nulls, empty lists, numbers and nested values apart",
    async run({ createStore }) {
      const store = await createStore();
      const config = {
        nothing: null,
        zero: 0,
        no: false,
        empty: "",
        list: [],
        map: {},
        small: -0.25,
        large: 2 ** 53 - 1,
        deep: [[[{ a: [null] }]]],
      };
      const bare = { photo: null, room: null, style: null, mode: null, configVersions: { global: null, project: null }, cost: null };
      const given = sampleRun({ ...bare, config, extraInput: JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') });
      const { run } = await store.create(given);
      const read = await store.get(run.id);
      assert.deepEqual(read, run);
      assert.deepEqual(read?.config, config);
      for (const name of Object.keys(bare) as readonly (keyof typeof bare)[]) assert.deepEqual(read?.[name], bare[name]);
      assert.deepEqual(Object.keys(read?.extraInput ?? {}).sort(), ["__proto__", "constructor"]);
      assert.equal(({} as Record<string, unknown>).polluted, undefined);
      const cost = { microUsd: null, basis: "table", priceVersion: null, outputs: 2 } as const;
      assert.deepEqual((await store.update(run.id, 1, { cost })).cost, cost);
    },
  },
];

// As a caller without types could do it.
function tamper(run: NewRun | RunRecord | undefined): void {
  assert.ok(run !== undefined, "the run is gone");
  tamperAttempts(run.attempts);
  Object.assign(run.config, { seed: 0, added: true });
  Object.assign(run.configVersions, { global: 99 });
  Object.assign(run, { state: "failed", idempotencyKey: "tampered", version: 99 });
}

function tamperAttempts(attempts: readonly Attempt[]): void {
  for (const attempt of attempts) {
    Object.assign(attempt.mark, { seed: 0 });
    Object.assign(attempt, { predictionId: "tampered" });
  }
  (attempts as Attempt[]).push(sampleAttempt({ number: 99 }));
}
