import { describe, expect, it } from "vitest";
import { checkPublished } from "../../src/model/check-published.ts";
import type { PublishedField } from "../../src/model/published-input.ts";

const integer: PublishedField = { type: "integer", minimum: 1, maximum: 10 };
const number: PublishedField = { type: "number", minimum: 0.5, maximum: 1.5 };
const choice: PublishedField = { type: "string", enum: ["jpg", "png"] };
const addresses: PublishedField = { type: "array", items: { type: "string", format: "uri" } };

describe("checkPublished", () => {
  it.each<[PublishedField, unknown, string | undefined]>([
    [integer, 1, undefined],
    [integer, 10, undefined],
    [integer, 0, "must be 1 or more"],
    [integer, 11, "must be 10 or less"],
    [integer, 1.5, "must be an integer"],
    [integer, "1", "must be an integer"],
    [integer, Number.NaN, "must be an integer"],
    [integer, undefined, "must be an integer"],
    [integer, null, "must be an integer, not null"],
    [{ type: "integer" }, -5, undefined],
    [{ type: "integer", nullable: true }, null, undefined],
    [{ type: "integer", maximum: 0 }, 1, "must be 0 or less"],
    [{ type: "integer", minimum: 0 }, -1, "must be 0 or more"],
    [number, 0.5, undefined],
    [number, 1.5, undefined],
    [number, 0.49, "must be 0.5 or more"],
    [number, 1.51, "must be 1.5 or less"],
    [number, Number.POSITIVE_INFINITY, "must be a number"],
    [number, Number.NaN, "must be a number"],
    [number, "1", "must be a number"],
    [{ type: "boolean" }, false, undefined],
    [{ type: "boolean" }, 0, "must be a boolean"],
    [{ type: "boolean" }, "false", "must be a boolean"],
    [{ type: "string" }, "", undefined],
    [{ type: "string" }, 4, "must be a string"],
    [choice, "png", undefined],
    [choice, "webp", "must be one of jpg, png"],
    [choice, "PNG", "must be one of jpg, png"],
    [choice, "", "must be one of jpg, png"],
    [choice, "toString", "must be one of jpg, png"],
    [choice, null, "must be a string, not null"],
    [{ type: "integer", enum: [1, 2] }, 2, undefined],
    [{ type: "integer", enum: [1, 2] }, 3, "must be one of 1, 2"],
    [{ type: "string", format: "uri" }, "https://example.com/a.jpg", undefined],
    [{ type: "string", format: "uri" }, "data:image/png;base64,AA==", undefined],
    [{ type: "string", format: "uri" }, "a.jpg", "must be an address (URI)"],
    [{ type: "string", format: "uri" }, 4, "must be an address (URI)"],
    [addresses, [], undefined],
    [addresses, ["https://example.com/a.jpg"], undefined],
    [addresses, "https://example.com/a.jpg", "must be an array"],
    [addresses, { length: 0 }, "must be an array"],
    [addresses, null, "must be an array, not null"],
    [addresses, ["https://example.com/a.jpg", "b.jpg", 3], "each item must be an address (URI)"],
    [addresses, ["https://example.com/a.jpg", null], "each item must be an address (URI), not null"],
    [{ type: "array" }, [1, "two", null], undefined],
    [{ type: "array", items: { type: "array", items: choice } }, [["jpg"], ["gif"]], "each item each item must be one of jpg, png"],
  ])("%j takes %j: %s", (field, value, reason) => expect(checkPublished(field, value)).toBe(reason));

  it("never repeats the value", () => {
    for (const field of [integer, number, choice, addresses, { type: "boolean" } as const]) {
      expect(checkPublished(field, "SECRET")).toMatch(/^must be /);
      expect(checkPublished(field, ["SECRET"])).not.toContain("SECRET");
    }
  });
});
