import { expect, it } from "vitest";
import { runExample } from "./run-example.ts";

it("tells where every value comes from", async () => {
  expect(
    await runExample("settings.ts"),
  ).toBe(`Flux Kontext Pro: aspect_ratio, output_format, safety_tolerance, prompt_upsampling, num_outputs, output_quality, seed

black-forest-labs/flux-kontext-pro, chosen by the global settings
  aspect_ratio       match_input_image  default  sent
  output_format      jpg                project  sent
  safety_tolerance   2                  global   sent
  prompt_upsampling  false              default  sent
  num_outputs        2                  project  not sent
  output_quality     90                 default  not sent
  seed               42                 request  sent
  warning: num_outputs: The model publishes no such input: not sent, no effect

Refused: bytedance/seedream-3 (takes_no_photo)

3 by Ada Lovelace: Back to version 1
2 by Ada Lovelace: stricter
1 by Ada Lovelace: -
`);
});
