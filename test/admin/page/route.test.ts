import { describe, expect, it } from "vitest";
import { modelHref, parseRoute, projectHref } from "../../../src/admin/page/route.ts";

describe("the routes of the page", () => {
  it.each([
    ["", { view: "models" }],
    ["#/", { view: "models" }],
    ["#/costs", { view: "costs" }],
    ["#/models/qwen/qwen-image-edit", { view: "model", modelId: "qwen/qwen-image-edit", projectId: null, tab: "settings" }],
    ["#/models/qwen/qwen-image-edit/try", { view: "model", modelId: "qwen/qwen-image-edit", projectId: null, tab: "try" }],
    ["#/models/qwen/qwen-image-edit/price", { view: "model", modelId: "qwen/qwen-image-edit", projectId: null, tab: "price" }],
    // A price is the same for all projects.
    ["#/projects/oak/models/qwen/qwen-image-edit/price", { view: "missing" }],
    ["#/models/qwen", { view: "missing" }],
    ["#/models/qwen/qwen-image-edit/nothing", { view: "missing" }],
    ["#/models/../pause", { view: "missing" }],
    ["#/models/%2E%2E/pause", { view: "missing" }],
    ["#/projects/..", { view: "missing" }],
    ["#/models/a%2F..%2Fb/c", { view: "missing" }],
    ["#/elsewhere", { view: "missing" }],
    ["#/projects/%E0%A4%A", { view: "project", projectId: "%E0%A4%A" }],
  ])("%s", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it("lead back to where they came from, whatever a project is called", () => {
    const scope = { modelId: "qwen/qwen-image-edit", projectId: "Öak 12% #models?/" };
    expect(parseRoute(modelHref(scope, "history"))).toEqual({ view: "model", ...scope, tab: "history" });
    expect(parseRoute(projectHref(scope.projectId))).toEqual({ view: "project", projectId: scope.projectId });
  });
});
