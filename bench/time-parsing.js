// Plain JavaScript on the built package: no loader may stand between what is compared. Prints its ratios as JSON.
import { ModelId, parseModelConfig, QwenConfig, registry } from "restage/models";
import { z } from "zod";

const values = { go_fast: false, output_format: "png", output_quality: 95, seed: 42 };
const plain = z.strictObject(QwenConfig.fields);
const model = registry.get(ModelId.QwenImageEdit);
const prompt = "Add a sofa";
const imageUrl = "https://example.com/room.jpg";

const actions = {
  plain: () => plain.parse(values),
  parse: () => parseModelConfig(ModelId.QwenImageEdit, values),
  build: () => model.buildInput({ prompt, imageUrl, config: parseModelConfig(ModelId.QwenImageEdit, values) }),
};

const callsPerRound = 1_000;
const rounds = 600;
const times = { plain: [], parse: [], build: [] };
// What the actions give is used, so that no compiler drops the work.
let used = 0;

// In turns, so that whatever else the machine does slows all; the first rounds are for the compiler.
for (let round = -100; round < rounds; round++) {
  for (const [name, action] of Object.entries(actions)) {
    const start = performance.now();
    for (let call = 0; call < callsPerRound; call++) used += action() === undefined ? 1 : 0;
    if (round >= 0) times[name].push(performance.now() - start);
  }
}

// The lower quartile: rounds in which another process had the processor are not ours.
const typical = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 4)];
const [plainMs, parseMs, buildMs] = [times.plain, times.parse, times.build].map(typical);
console.log(JSON.stringify({ parseSpeed: plainMs / parseMs, buildTime: buildMs / plainMs, used }));
