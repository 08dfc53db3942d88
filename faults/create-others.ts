import { ModelId } from "../src/models/index.ts";
import type { FaultWorld } from "./fault-world.ts";

/** Predictions of other programs on the same account; every second one has the prompt and photo of one of ours, with another seed. */
export function createOthers({ simulator, random }: FaultWorld, count: number, maximumAgeMs = 0): void {
  const ours = simulator.predictions.filter(({ by, input }) => by === "client" && typeof input.seed === "number");
  for (let index = 0; index < count; index += 1) {
    const like = ours[Math.floor(random() * ours.length)];
    const isLike = like !== undefined && index % 2 === 0;
    simulator.createElsewhere({
      modelId: isLike ? like.modelId : ModelId.FluxKontextPro,
      input: isLike
        ? { ...like.input, seed: Number(like.input.seed) + 1 }
        : { prompt: `Another program's own ${random()}`, input_image: "https://example.com/other.jpg", seed: Math.floor(random() * 1e9) },
      agoMs: Math.floor(random() * maximumAgeMs),
    });
  }
}
