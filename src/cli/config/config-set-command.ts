import { toStableText } from "../../basics/to-stable-text.ts";
import type { AnyModel } from "../../model/model.ts";
import { configKey } from "../../settings/setting-keys.ts";
import { storedSchemas } from "../../settings/stored-values.ts";
import { toConfigValues } from "../config-values.ts";
import { findClosest } from "../find-closest.ts";
import { findModel } from "../find-model.ts";
import { UsageError } from "../usage-error.ts";
import { defineSettingsCommand } from "./define-settings-command.ts";
import { modelArgument, toWriteOptions, writeOptions } from "./setting-options.ts";
import { toSavedReport } from "./to-saved-report.ts";

/** `restage config set`: changes some fields of a model's stored config. */
export const configSetCommand = defineSettingsCommand({
  name: "config set",
  summary: "Change fields of a model's config",
  args: [
    modelArgument,
    { name: "FIELD=VALUE", isRequired: false, isMany: true, description: "A field and its value, see `restage models MODEL`; null: unset" },
  ],
  options: {
    ...writeOptions,
    unset: { type: "string", placeholder: "FIELD", multiple: true, description: "A field that is inherited again" },
  },
  examples: [
    ["restage config set qwen-image-edit output_quality=90 go_fast=false", "Changes two fields; the others stay"],
    ['restage config set flux-kontext-pro safety_tolerance=2 --project villa-12 --note "strict client"', "For one project"],
    ["restage config set qwen-image-edit --unset output_quality", "Back to the model's default"],
  ],
  isWriting: true,
  plan({ args: [name = "", ...words], options }) {
    const model = findModel(name);
    const { unset = [] } = options;
    if (words.length + unset.length === 0) throw new UsageError("There is nothing to change: give field=value or --unset FIELD");
    const values = toConfigValues(words, model);
    checkNames(unset, model);

    const write = toWriteOptions(options);
    return async (storage) => {
      const document = (await storage.settings.read(write)).documents.get(configKey(model, write.projectId));
      const { version = 0, value = { modelId: model.id, config: {} } } = document ?? {};
      const patch = { ...toKnownFields(value, model), ...values };
      for (const field of unset) delete patch[field];
      const target = { setting: "config", modelId: model.id, projectId: write.projectId } as const;
      const isSame = toStableText(value) === toStableText({ modelId: model.id, config: patch });
      if (isSame && (write.expectedVersion ?? version) === version) {
        const { warnings } = await storage.settings.config(model.id, write);
        return toSavedReport(storage, target, { version, warnings, isUnchanged: true });
      }
      const saved = await storage.settings.saveConfig(model.id, patch as never, { expectedVersion: version, ...write });
      return toSavedReport(storage, target, saved);
    };
  },
});

// What stands there in no readable shape is replaced; what this release does not know is kept by the settings themselves.
function toKnownFields(stored: unknown, { config }: AnyModel): Record<string, unknown> {
  const { data } = storedSchemas().config.safeParse(stored);
  return Object.fromEntries(Object.entries(data?.config ?? {}).filter(([name]) => Object.hasOwn(config.fields, name)));
}

function checkNames(names: readonly string[], { config }: AnyModel): void {
  const known = Object.keys(config.fields);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const closest = findClosest(unknown, known);
  throw new UsageError(
    `--unset ${unknown}: there is no such field.${closest === undefined ? "" : ` Did you mean ${closest}?`} There are ${known.join(", ")}`,
  );
}
