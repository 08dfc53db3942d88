import type { StagingClientOptions } from "../src/client/staging-client-options.ts";
import type { AnyModel } from "../src/model/model.ts";
import { createRegistry } from "../src/model/registry.ts";
import { createSettings } from "../src/settings/create-settings.ts";
import { memoryConfigStore } from "../src/stores/memory/memory-config-store.ts";
import { canaryToken } from "./canary.ts";
import type { FaultKind } from "./fault-kind.ts";
import { quickModels, scaledDurations } from "./scale.ts";

/** The options of a client in a world, but for its run store. */
export function toClientOptions(
  { isLimited }: Pick<FaultKind, "isLimited">,
  { baseUrl }: { readonly baseUrl: string },
): StagingClientOptions<AnyModel> {
  const settings = createSettings({ store: memoryConfigStore(), registry: createRegistry(quickModels) });
  return {
    token: canaryToken,
    baseUrl,
    settings,
    ...scaledDurations,
    ...(isLimited ? {} : { limiter: false }),
  };
}
