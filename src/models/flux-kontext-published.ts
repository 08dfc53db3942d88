/** What Replicate publishes for both Kontext models: the same inputs, one address as output. Read 2026-04-23 (pro), 2026 (max). */
export const fluxKontextPublished = {
  asOf: "2026-04-23",
  promptKey: "prompt",
  image: { key: "input_image", isArray: false, maximum: 1 },
  inputs: {
    aspect_ratio: {
      type: "string",
      enum: ["match_input_image", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "4:5", "5:4", "21:9", "9:21", "2:1", "1:2"],
      default: "match_input_image",
    },
    prompt_upsampling: { type: "boolean", default: false },
    seed: { type: "integer", nullable: true },
    output_format: { type: "string", enum: ["jpg", "png"], default: "png" },
    safety_tolerance: {
      type: "integer",
      minimum: 0,
      maximum: 6,
      default: 2,
      documented: {
        maximum: 2,
        reason: "Replicate's schema says that 2 is the maximum with an input image (2026-04-23)",
      },
    },
  },
  output: "one",
} as const;
