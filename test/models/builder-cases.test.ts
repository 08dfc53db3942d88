import { describe, expect, it } from "vitest";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { InvalidInputError } from "../../src/errors/invalid-input-error.ts";
import { RestageError } from "../../src/errors/restage-error.ts";
import type { AnyModel, BuildRequest } from "../../src/model/model.ts";
import { parseModelConfig } from "../../src/models/parse-model-config.ts";
import { ModelId, registry } from "../../src/models/registry.ts";
import { type BuilderCase, builderCases } from "../../src/testing/builder-cases.ts";

function run({ modelId, request }: BuilderCase): BuilderCase["expected"] {
  try {
    const model: AnyModel = registry.lookup(modelId);
    const config = request.config && parseModelConfig(modelId as ModelId, request.config);
    const { input, warnings } = model.buildInput({ ...request, config } as BuildRequest);
    return { input, warnings: warnings.map(({ field, code }) => ({ field, code })) };
  } catch (error) {
    if (!RestageError.is(error)) throw error;
    const problems = InvalidConfigError.is(error) || InvalidInputError.is(error) ? error.problems : [];
    return { error: error.code, fields: problems.map(({ field }) => field) };
  }
}

const sorted = (expected: BuilderCase["expected"]) =>
  "fields" in expected
    ? { ...expected, fields: [...expected.fields].sort() }
    : { ...expected, warnings: [...expected.warnings].sort((one, other) => one.field.localeCompare(other.field)) };

describe("builderCases", () => {
  it.each(builderCases)("$name", (builderCase) => {
    expect(sorted(run(builderCase))).toStrictEqual(sorted(builderCase.expected));
  });

  it("are plain JSON with names of their own", () => {
    expect(JSON.parse(JSON.stringify(builderCases))).toStrictEqual(builderCases);
    expect(new Set(builderCases.map(({ name }) => name)).size).toBe(builderCases.length);
  });

  it("send something to every model, and refuse something for each", () => {
    for (const modelId of Object.values(ModelId)) {
      const expectations = builderCases.filter((builderCase) => builderCase.modelId === modelId).map(({ expected }) => expected);
      expect(expectations.filter((expected) => "input" in expected).length, modelId).toBeGreaterThan(3);
      expect(expectations.filter((expected) => "error" in expected).length, modelId).toBeGreaterThan(1);
    }
  });
});
