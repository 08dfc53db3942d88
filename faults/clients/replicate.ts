import type { ComparedClient } from "./compared-client.ts";
import { comparedModel } from "./compared-model.ts";
import { download } from "./download.ts";
import { loadPackage, readInstalledVersion } from "./other-packages.ts";

interface Package {
  readonly default: new (options: {
    readonly auth: string;
    readonly baseUrl: string;
  }) => {
    run(model: string, options: { readonly input: object; readonly signal: AbortSignal }): Promise<unknown>;
  };
}

/** `replicate`, by `run` as in its README. */
export const replicate: ComparedClient = {
  name: "replicate",
  version: readInstalledVersion("replicate"),
  hasClock: false,
  async open({ url, token }) {
    const { default: Replicate } = await loadPackage<Package>("replicate");
    const client = new Replicate({ auth: token, baseUrl: url });
    return {
      stage: async (prompt, image, signal) => download(await client.run(comparedModel, { input: { prompt, image }, signal }), signal),
    };
  },
};
