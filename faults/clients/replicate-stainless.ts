import type { ComparedClient } from "./compared-client.ts";
import { comparedModel } from "./compared-model.ts";
import { download } from "./download.ts";
import { loadPackage, readInstalledVersion } from "./other-packages.ts";

interface Package {
  readonly default: new (options: {
    readonly bearerToken: string;
    readonly baseURL: string;
  }) => {
    run(model: string, options: { readonly input: object; readonly signal: AbortSignal }): Promise<unknown>;
  };
}

/** `replicate-stainless`, by `run` as in its README. */
export const replicateStainless: ComparedClient = {
  name: "replicate-stainless",
  version: readInstalledVersion("replicate-stainless"),
  hasClock: false,
  async open({ url, token }) {
    const { default: Replicate } = await loadPackage<Package>("replicate-stainless");
    const client = new Replicate({ bearerToken: token, baseURL: url });
    return {
      stage: async (prompt, image, signal) => download(await client.run(comparedModel, { input: { prompt, image }, signal }), signal),
    };
  },
};
