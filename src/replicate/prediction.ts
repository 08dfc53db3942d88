import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";

// A prediction that was created is paid: whatever else an answer holds, its id is kept.
const schema = once(() =>
  z.compile(
    z.object({
      // The id becomes part of addresses: nothing but what Replicate's ids are made of.
      id: z.string().refine(isPredictionId),
      // One that nobody knows is no end.
      status: z
        .enum(["starting", "processing", "succeeded", "failed", "canceled", "aborted"])
        .or(z.string().transform(() => "processing" as const)),
      // Whether a prediction echoes its input is not established: nothing depends on it.
      input: z.unknown().optional(),
      output: z.unknown().optional(),
      error: z.unknown().optional(),
      model: z.string().nullish().catch(null),
      metrics: z.object({ predict_time: z.number().nullish() }).nullish().catch(null),
      created_at: z.string().nullish().catch(null),
      started_at: z.string().nullish().catch(null),
      completed_at: z.string().nullish().catch(null),
      // When its `Cancel-After` ends it.
      deadline: z.string().nullish().catch(null),
      data_removed: z.boolean().nullish().catch(null),
    }),
  ),
);

/** Replicate's job, with what this library reads of it. Addresses for polling are never taken from an answer. */
export type Prediction = Readonly<z.infer<ReturnType<typeof schema>>>;

/** Whether a text can be a prediction's id. */
export function isPredictionId(text: unknown): text is string {
  return typeof text === "string" && /^[A-Za-z0-9_-]{1,64}$/.test(text);
}

/** The prediction in an answer's body; `undefined` when the body is none. */
export function parsePrediction(body: unknown): Prediction | undefined {
  return schema().safeParse(body).data;
}

/** The output's addresses: one or many, none while there is no output. */
export function toOutputUrls({ output }: Prediction): readonly string[] {
  const urls = Array.isArray(output) ? output : [output];
  return urls.filter((url): url is string => typeof url === "string" && url !== "");
}

/** Whether a prediction was stopped: while it ran, or before. */
export function isStopped({ status }: Prediction): boolean {
  return status === "canceled" || status === "aborted";
}
