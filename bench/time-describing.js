// Plain JavaScript on the built package: no loader may stand between what is compared. Prints its ratio as JSON.
import { registry } from "restage/models";
import { z } from "zod";

const models = registry.list();
const schemas = models.map(({ config }) => z.strictObject(config.fields));

const actions = {
  plain: () => schemas.map((schema) => z.toJSONSchema(schema)),
  describe: () => models.map(({ id }) => registry.describe(id)),
};

const callsPerRound = 10;
const rounds = 200;
const times = { plain: [], describe: [] };
// What the actions give is used, so that no compiler drops the work.
let used = 0;

// In turns, so that whatever else the machine does slows both; the first rounds are for the compiler.
for (let round = -50; round < rounds; round++) {
  for (const [name, action] of Object.entries(actions)) {
    const start = performance.now();
    for (let call = 0; call < callsPerRound; call++) used += action().length;
    if (round >= 0) times[name].push(performance.now() - start);
  }
}

// The lower quartile: rounds in which another process had the processor are not ours.
const typical = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 4)];
console.log(JSON.stringify({ describeTime: typical(times.describe) / typical(times.plain), used }));
