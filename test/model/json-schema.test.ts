import { expect, it } from "vitest";
import { isNullable, typeOf } from "../../src/model/json-schema.ts";

it("tells whether a field may be left unset, and what it is when set", () => {
  expect([isNullable({ type: ["integer", "null"] }), typeOf({ type: ["integer", "null"] })]).toEqual([true, "integer"]);
  expect([isNullable({ type: "array" }), typeOf({ type: "array" })]).toEqual([false, "array"]);
});
