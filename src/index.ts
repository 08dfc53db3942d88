// The core, by explicit names. Left out: the single models (import them from "restage/models"), the simulator and the conformance
// suites ("restage/testing").

export type { Clock } from "./basics/clock.ts";
export type { Progress, WaitOptions } from "./client/client-context.ts";
export type { ClientEvent } from "./client/client-event.ts";
export type { Conclusion } from "./client/conclude-run.ts";
export { createWebhookHandler, type WebhookHandlerOptions } from "./client/create-webhook-handler.ts";
export type { Plan } from "./client/plan.ts";
export type { GroupProgress } from "./client/read-group.ts";
export type { ImageSource } from "./client/read-photo.ts";
export type { Received } from "./client/receive-prediction.ts";
export type { ResumedRun, ResumeOptions } from "./client/resume-runs.ts";
export type { StageManyOptions, StageOutcome, StartManyOptions, StartOutcome } from "./client/stage-many.ts";
export type { StageRequest } from "./client/stage-request.ts";
export type { StagedImage } from "./client/staged-image.ts";
export type { StagedRun } from "./client/staged-run.ts";
export { StagingClient } from "./client/staging-client.ts";
export type { StagingClientOptions } from "./client/staging-client-options.ts";
export { type FindOptions, findByHash, type ImageMatch } from "./disclosure/find-by-hash.ts";
export { type ListedDisclosure, listDisclosures } from "./disclosure/list-disclosures.ts";
export type { DisclosureOptions } from "./disclosure/to-disclosure.ts";
export { BudgetExceededError, type BudgetExcess } from "./errors/budget-exceeded-error.ts";
export { CapacityError } from "./errors/capacity-error.ts";
export { ClientClosedError } from "./errors/client-closed-error.ts";
export { ConnectionError } from "./errors/connection-error.ts";
export { CostCapExceededError } from "./errors/cost-cap-exceeded-error.ts";
export { DeadlineError } from "./errors/deadline-error.ts";
export { IdempotencyConflictError } from "./errors/idempotency-conflict-error.ts";
export { ImageDownloadError } from "./errors/image-download-error.ts";
export { ImagesExpiredError } from "./errors/images-expired-error.ts";
export { InsufficientCreditError } from "./errors/insufficient-credit-error.ts";
export { InvalidConfigError } from "./errors/invalid-config-error.ts";
export { InvalidImageError } from "./errors/invalid-image-error.ts";
export { InvalidInputError } from "./errors/invalid-input-error.ts";
export { InvalidModelError } from "./errors/invalid-model-error.ts";
export { InvalidPromptError } from "./errors/invalid-prompt-error.ts";
export { InvalidRequestError } from "./errors/invalid-request-error.ts";
export { InvalidSettingError } from "./errors/invalid-setting-error.ts";
export { InvalidStoredSettingError } from "./errors/invalid-stored-setting-error.ts";
export { InvalidWebhookError, type WebhookFlaw } from "./errors/invalid-webhook-error.ts";
export { MissingPeerError } from "./errors/missing-peer-error.ts";
export { MissingTokenError } from "./errors/missing-token-error.ts";
export { ModelUnavailableError } from "./errors/model-unavailable-error.ts";
export { ModerationError } from "./errors/moderation-error.ts";
export { NotCreatedError } from "./errors/not-created-error.ts";
export { OutOfMemoryError } from "./errors/out-of-memory-error.ts";
export { PausedError } from "./errors/paused-error.ts";
export { PredictionFailedError } from "./errors/prediction-failed-error.ts";
export { PredictionStoppedError } from "./errors/prediction-stopped-error.ts";
export type { Problem } from "./errors/problem.ts";
export { RefusedInputError } from "./errors/refused-input-error.ts";
export { ReplicateAnswerError } from "./errors/replicate-answer-error.ts";
export { type Billed, RestageError } from "./errors/restage-error.ts";
export { RunConflictError } from "./errors/run-conflict-error.ts";
export { RunFailedError } from "./errors/run-failed-error.ts";
export { RunNotFoundError } from "./errors/run-not-found-error.ts";
export { RunNotWaitableError } from "./errors/run-not-waitable-error.ts";
export { SinkError } from "./errors/sink-error.ts";
export { StoreTimeoutError } from "./errors/store-timeout-error.ts";
export { ThrottledError } from "./errors/throttled-error.ts";
export { UnauthenticatedError } from "./errors/unauthenticated-error.ts";
export { UnknownModelError } from "./errors/unknown-model-error.ts";
export { UnknownOutcomeError } from "./errors/unknown-outcome-error.ts";
export { UnknownPriceError } from "./errors/unknown-price-error.ts";
export { UnknownVersionError } from "./errors/unknown-version-error.ts";
export { UnrecordedPredictionError } from "./errors/unrecorded-prediction-error.ts";
export { VersionConflictError } from "./errors/version-conflict-error.ts";
export { WaitTimeoutError } from "./errors/wait-timeout-error.ts";
export { defineConfig } from "./model/define-config.ts";
export { defineModel } from "./model/define-model.ts";
export type { DescribeOptions, ModelDescription } from "./model/describe-model.ts";
export type { FormField, FormValue } from "./model/form.ts";
export type { FormOption, FormProperty, FormSchema } from "./model/form-schema.ts";
export type { FieldJsonSchema, JsonType } from "./model/json-schema.ts";
export type { AnyModel, BuildRequest, BuiltInput, Capabilities, ConfigOfModel, Lifecycle, Model, ModelDefinition } from "./model/model.ts";
export type {
  ConfigClass,
  ConfigMap,
  ConfigOf,
  ConfigPatch,
  ConfigValues,
  FieldTable,
  FieldType,
  ModelConfig,
} from "./model/model-config.ts";
export { type Cost, formatUsd, type MicroUsd, type Price, type Usage } from "./model/price.ts";
export type { InputOf, PublishedField, PublishedImage, PublishedInput } from "./model/published-input.ts";
export { createRegistry, type ModelById, type Registry } from "./model/registry.ts";
export type { JsonFormsElement, JsonFormsForm } from "./model/to-json-forms.ts";
export type { RjsfForm } from "./model/to-rjsf.ts";
export type { Origin, Warning } from "./model/warning.ts";
export { FluxKontextConfig } from "./models/flux-kontext-config.ts";
export { type ConfigSchema, getConfigSchema } from "./models/get-config-schema.ts";
export { parseModelConfig } from "./models/parse-model-config.ts";
export { QwenConfig } from "./models/qwen-config.ts";
export { type BuiltInModel, defaultModelId, ModelId, registry } from "./models/registry.ts";
export { SeedreamConfig } from "./models/seedream-config.ts";
export { type Mode, modes } from "./prompt/modes.ts";
export { promptVersion } from "./prompt/prompt-version.ts";
export { type Room, rooms } from "./prompt/rooms.ts";
export { type StagingPrompt, stagingPrompt } from "./prompt/staging-prompt.ts";
export type { StagingPromptOptions } from "./prompt/staging-prompt-options.ts";
export { type Style, styles } from "./prompt/styles.ts";
export { createLimiter, type LimiterOptions } from "./replicate/create-limiter.ts";
export type { CallKind, Limiter, Throttle } from "./replicate/limiter.ts";
export { type VerifyWebhookOptions, verifyWebhook, type WebhookRequest } from "./replicate/verify-webhook.ts";
export type { Attempt, Disclosure, Feedback, ImageRecord, Mark, PhotoRecord, RunError, RunRecord, RunState } from "./runs/run.ts";
export type { ClaimOptions, Lease, NewRun, PurgeOptions, RunFilter, RunPage, RunPatch, RunStore } from "./runs/run-store.ts";
export type { RunSummary, SummaryKey, SummaryOptions, SummaryRow } from "./runs/run-summary.ts";
export type { Sink, SinkImage } from "./runs/sink.ts";
export type { OpenReservationsOptions, Spending, SpendingRun, StepDown } from "./runs/spending.ts";
export type { Audit, AuditRow, Verdict } from "./settings/audit-settings.ts";
export { type CachedConfigStore, cachedConfigStore } from "./settings/cached-config-store.ts";
export type { CachedConfigStoreOptions } from "./settings/cached-config-store-options.ts";
export type { Author, ConfigDocument, ConfigStore } from "./settings/config-store.ts";
export { createSettings } from "./settings/create-settings.ts";
export type { SettingsExport } from "./settings/export-settings.ts";
export type { ImportOptions, ImportOutcome, ImportResult, ImportRow } from "./settings/import-settings.ts";
export type { SettingChange, SettingHistory, SettingVersion } from "./settings/read-history.ts";
export type { PriceInForce } from "./settings/resolve-price.ts";
export type { Settings, SettingsReader } from "./settings/settings.ts";
export { folderSink } from "./sinks/folder-sink.ts";
export { memoryConfigStore } from "./stores/memory/memory-config-store.ts";
export { memoryRunStore } from "./stores/memory/memory-run-store.ts";
