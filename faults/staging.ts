import { ModelId } from "../src/models/index.ts";
import { canaryWords } from "./canary.ts";
import type { FaultKind } from "./fault-kind.ts";
import { tinyPng } from "./scale.ts";

/** What one caller wants staged, once. */
export interface Staging {
  readonly number: number;
  /** Stands in its prompt, and so in every prediction that was created for it. Twins share one. */
  readonly token: string;
  readonly request: {
    readonly image: string | Uint8Array<ArrayBuffer>;
    readonly prompt: string;
    readonly modelId: string;
    readonly config?: Readonly<Record<string, unknown>>;
    readonly group: string;
    readonly idempotencyKey?: string;
  };
  /** When its caller no longer waits and leaves it to `resume`, in milliseconds; absent where it waits. */
  readonly givesUpAfterMs?: number;
}

const models = [ModelId.FluxKontextPro, ModelId.FluxKontextPro, ModelId.QwenImageEdit, ModelId.Seedream4] as const;

/** Stagings of a kind: several models, photos by address and by bytes, most with an idempotency key, some whose caller gives up. */
export function toStagings({ name, isTwin = false, needs }: FaultKind, count: number, random: () => number): readonly Staging[] {
  return Array.from({ length: count }, (_, number) => {
    const token = `staging-${isTwin ? Math.floor(number / 2) : number}-of-${name}.`;
    // Twins differ in nothing that is sent: an unset seed would be drawn for each of them.
    const modelId = isTwin ? ModelId.Seedream4 : (models[Math.floor(random() * models.length)] ?? models[0]);
    // Whoever survives the death of a process knows the key, and nothing else.
    const hasKey = random() < 0.8 || needs === "processes";
    return {
      number,
      token,
      request: {
        // The first one is uploaded for certain.
        image: !isTwin && (random() < 0.15 || number === 0) ? tinyPng : `https://example.com/${token}jpg`,
        prompt: `Furnish the room with a ${canaryWords}. This is ${token}`,
        modelId,
        group: token,
        ...(hasKey && { idempotencyKey: `${name} ${number}` }),
      },
      ...(hasKey && needs !== "processes" && random() < 0.1 && { givesUpAfterMs: Math.floor(random() * 300) }),
    };
  });
}

/** The token of the staging for which an input was sent. */
export function findToken(input: Readonly<Record<string, unknown>>): string | undefined {
  return /staging-\d+-of-[\w-]+\./.exec(String(input.prompt))?.[0];
}
