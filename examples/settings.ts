// The settings that admins change at run time: the active model, its config, a project of its own, and why a value is what it is.
//
//   npx tsx --tsconfig examples/tsconfig.json examples/settings.ts
import { createSettings, getConfigSchema, ModelId, ModelUnavailableError, memoryConfigStore } from "restage";

const settings = createSettings({ store: memoryConfigStore() });
const author = { id: "5f0c8f0e-8d3c-4a53-9a35-0d9b1c1f7a10", name: "Ada Lovelace" };
const projectId = "villa-12";

// What an admin panel makes its form from: the values that this model takes, and its own defaults.
const { display_name, fields } = getConfigSchema(ModelId.FluxKontextPro);
console.log(`${display_name}: ${fields.map(({ name }) => name).join(", ")}`);

// The global settings, then those of one project. Only the named fields are stored.
await settings.saveConfig(ModelId.FluxKontextPro, { safety_tolerance: 2 }, { author });
await settings.setActive(ModelId.FluxKontextPro, { author, note: "sharper windows" });
await settings.saveConfig(ModelId.FluxKontextPro, { output_format: "jpg", num_outputs: 2 }, { author, projectId });

// Why a staging of this project would run which model with which values.
const explanation = await settings.explain({ projectId, config: { seed: 42 } });
console.log(`\n${explanation.modelId}, chosen by the ${explanation.modelOrigin} settings`);
for (const { field, value, origin, sent } of explanation.fields) {
  console.log(`  ${field.padEnd(18)} ${String(value).padEnd(18)} ${origin.padEnd(8)} ${sent ? "sent" : "not sent"}`);
}
for (const { field, reason } of explanation.warnings) console.log(`  warning: ${field}: ${reason}`);

// A model that cannot stage photos is refused when it is chosen.
try {
  await settings.setActive(ModelId.Seedream3, { author });
} catch (error) {
  if (!ModelUnavailableError.is(error)) throw error;
  console.log(`\nRefused: ${error.modelId} (${error.reason})`);
}

// Every change is kept with its author, and every version can be restored.
await settings.saveConfig(ModelId.FluxKontextPro, { safety_tolerance: 1 }, { author, note: "stricter" });
await settings.rollback({ setting: "config", modelId: ModelId.FluxKontextPro }, 1, { author });
const { versions } = await settings.history({ setting: "config", modelId: ModelId.FluxKontextPro });
console.log(`\n${versions.map(({ version, author, note }) => `${version} by ${author?.name}: ${note ?? "-"}`).join("\n")}`);
