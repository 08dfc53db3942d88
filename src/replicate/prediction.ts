import { z } from "zod";
import { once } from "../basics/once.ts";

const schema = once(() =>
  z.compile(
    z.object({
      // The id becomes part of addresses: nothing but what Replicate's ids are made of.
      id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
      model: z.string().optional(),
      status: z.enum(["starting", "processing", "succeeded", "failed", "canceled", "aborted"]),
      // Whether a prediction echoes its input is not established: nothing depends on it.
      input: z.unknown().optional(),
      output: z.unknown().optional(),
      error: z.unknown().optional(),
      metrics: z.object({ predict_time: z.number().nullish(), total_time: z.number().nullish() }).nullish(),
      created_at: z.string().nullish(),
      started_at: z.string().nullish(),
      completed_at: z.string().nullish(),
      data_removed: z.boolean().nullish(),
    }),
  ),
);

/** Replicate's job, with what this library reads of it. Addresses for polling are never taken from an answer. */
export type Prediction = z.infer<ReturnType<typeof schema>>;

/** The prediction in an answer's body; `undefined` when the body is none. */
export function parsePrediction(body: unknown): Prediction | undefined {
  return schema().safeParse(body).data;
}

/** The output's addresses: one or many, none while there is no output. */
export function toOutputUrls({ output }: Prediction): readonly string[] {
  const urls = Array.isArray(output) ? output : [output];
  return urls.filter((url): url is string => typeof url === "string" && url !== "");
}
