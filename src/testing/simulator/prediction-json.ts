import type { PublishedInput } from "../../model/published-input.ts";
import { outputName } from "./output-name.ts";
import type { PredictionRecord } from "./prediction-record.ts";
import type { PredictionState } from "./prediction-state.ts";
import type { Site } from "./site.ts";
import type { InputEcho, UnestablishedBehaviour } from "./unestablished-behaviour.ts";

/** A prediction as the HTTP API tells it (Replicate HTTP API docs, 2026-11). */
export function toPredictionJson(
  record: PredictionRecord,
  state: PredictionState,
  behaviour: UnestablishedBehaviour,
  site: Site = record.site,
  echo: InputEcho = behaviour.echoedInput,
): Record<string, unknown> {
  const { id, model, version, source, createdAt, deadlineAt, webhook } = record;
  const { status, error, logs, isDataRemoved, startedAt, completedAt } = state;
  const prediction = `${site.api}/predictions/${id}`;
  return {
    id,
    model: model.id,
    version,
    input: isDataRemoved ? {} : echoInput(record, echo, site),
    output: toOutput(record, state, site),
    logs,
    error,
    status,
    source,
    data_removed: isDataRemoved,
    created_at: toIso(createdAt),
    ...(startedAt === null ? {} : { started_at: toIso(startedAt) }),
    ...(completedAt === null ? {} : { completed_at: toIso(completedAt) }),
    ...(deadlineAt === null ? {} : { deadline: toIso(deadlineAt) }),
    metrics: toMetrics(createdAt, state),
    urls: { get: prediction, cancel: `${prediction}/cancel`, web: `https://replicate.com/p/${id}` },
    ...(webhook === null || !behaviour.echoesWebhook
      ? {}
      : { webhook: webhook.url, ...(webhook.filter === null ? {} : { webhook_events_filter: webhook.filter }) }),
  };
}

function toOutput(record: PredictionRecord, state: PredictionState, site: Site): unknown {
  if (state.isDataRemoved) return null;
  const { plan, model } = record;
  const isMany = (model.published as PublishedInput).output === "many";
  if ("output" in plan && state.status === "succeeded") return plan.output;
  if (state.outputs === 0) return isMany && state.status === "succeeded" ? [] : null;
  const addresses = Array.from({ length: state.outputs }, (_, index) => `${site.outputs}/${record.id}/${outputName(record, index)}`);
  return isMany ? addresses : (addresses[0] ?? null);
}

function toMetrics(createdAt: number, { startedAt, completedAt }: PredictionState): Record<string, number> {
  if (completedAt === null) return {};
  return {
    ...(startedAt === null ? {} : { predict_time: (completedAt - startedAt) / 1000 }),
    total_time: (completedAt - createdAt) / 1000,
  };
}

function echoInput({ id, input, model }: PredictionRecord, echo: InputEcho, site: Site): Record<string, unknown> {
  if (echo === "omitted") return {};
  const key = (model.published as PublishedInput).image?.key;
  if (echo === "verbatim" || key === undefined || !(key in input)) return { ...input };
  const rewrite = (_: unknown, index: number): string => `${site.outputs.replace(/output$/, "input")}/${id}/${index}.jpg`;
  const value = input[key];
  return { ...input, [key]: Array.isArray(value) ? value.map(rewrite) : rewrite(value, 0) };
}

function toIso(time: number): string {
  return new Date(time).toISOString();
}
