import type { ComparedClient } from "./compared-client.ts";
import { comparedModel } from "./compared-model.ts";
import { loadPackage, readInstalledVersion } from "./other-packages.ts";

interface Provider {
  createReplicate(options: { readonly apiToken: string; readonly baseURL: string }): { image(model: string): unknown };
}

interface Ai {
  generateImage(options: {
    readonly model: unknown;
    readonly prompt: { readonly text: string; readonly images: readonly string[] };
    readonly abortSignal: AbortSignal;
  }): Promise<{ readonly image: { readonly uint8Array: Uint8Array } }>;
}

/** `@ai-sdk/replicate`, by `generateImage` of `ai` as in its documentation. It fetches the image by itself. */
export const aiSdk: ComparedClient = {
  name: "@ai-sdk/replicate",
  version: `${readInstalledVersion("@ai-sdk/replicate")} (ai ${readInstalledVersion("ai")})`,
  hasClock: false,
  async open({ url, token }) {
    const { createReplicate } = await loadPackage<Provider>("@ai-sdk/replicate");
    const { generateImage } = await loadPackage<Ai>("ai");
    const model = createReplicate({ apiToken: token, baseURL: url }).image(comparedModel);
    return {
      async stage(text, photoUrl, abortSignal) {
        const { image } = await generateImage({ model, prompt: { text, images: [photoUrl] }, abortSignal });
        return image.uint8Array;
      },
    };
  },
};
