import { createHash } from "node:crypto";
import type { AnyModel } from "../../model/model.ts";
import type { PublishedInput } from "../../model/published-input.ts";
import { toOpenapiSchema } from "./openapi-schema.ts";

/** A model as the HTTP API tells it (Replicate HTTP API docs, 2026-11). */
export function toModelJson(model: AnyModel, enumsAsReferences: boolean): Record<string, unknown> {
  const published = model.published as PublishedInput;
  const [owner, name] = model.id.split("/");
  return {
    url: `https://replicate.com/${model.id}`,
    owner,
    name,
    description: model.description,
    visibility: "public",
    github_url: null,
    paper_url: null,
    license_url: null,
    cover_image_url: null,
    run_count: 0,
    is_official: true,
    default_example: null,
    latest_version: {
      id: toVersionId(model),
      created_at: `${published.asOf.slice(0, 7)}-01T00:00:00.000Z`,
      cog_version: "0.14.0",
      openapi_schema: toOpenapiSchema(published, enumsAsReferences),
    },
  };
}

/** The model version that Replicate would run: 64 hex digits, made up from the id where none is known. */
export function toVersionId({ id, version, published }: AnyModel): string {
  const known = version === "latest" ? (published as PublishedInput).versionId : version;
  return known ?? createHash("sha256").update(id).digest("hex");
}
