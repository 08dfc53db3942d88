import { expectTypeOf, it } from "vitest";
import { type AdminHandlerOptions, createAdminHandler } from "../../src/admin/index.ts";
import { StagingClient } from "../../src/client/staging-client.ts";
import { defineModel } from "../../src/model/define-model.ts";
import { qwenImageEdit } from "../../src/models/qwen-image-edit.ts";
import { registry } from "../../src/models/registry.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";

const runs = memoryRunStore();
const authorize = () => null;

it("takes the settings and the client of any registry", () => {
  const plain = createSettings({ store: memoryConfigStore() });
  expectTypeOf(createAdminHandler({ settings: plain, runs, authorize })).toEqualTypeOf<(request: Request) => Promise<Response>>();
  const mine = defineModel({ ...qwenImageEdit, id: "acme/stager", settingsKey: "acme_stager" });
  const settings = createSettings({ store: memoryConfigStore(), registry: registry.register(mine) });
  createAdminHandler({ settings, runs, authorize, client: new StagingClient({ settings }) });
});

it("asks for authorize", () => {
  expectTypeOf<AdminHandlerOptions>().toHaveProperty("authorize");
  // @ts-expect-error without it everybody could change the settings
  expectTypeOf<Parameters<typeof createAdminHandler>[0]>().toEqualTypeOf<Omit<AdminHandlerOptions, "authorize">>();
});
