import { defineModel } from "../model/define-model.ts";
import { FluxKontextConfig } from "./flux-kontext-config.ts";
import { fluxKontextPublished } from "./flux-kontext-published.ts";

/** FLUX.1 Kontext max: the costlier of the two, 20 to 30 s a run. Takes one photo, gives one image. */
export const fluxKontextMax = /* @__PURE__ */ defineModel({
  id: "black-forest-labs/flux-kontext-max",
  name: "Flux Kontext Max",
  description: "Photo editing of the highest quality; slower",
  settingsKey: "flux_kontext_max",
  config: FluxKontextConfig,
  published: fluxKontextPublished,
  price: { per: "output_image", microUsd: 80_000, asOf: "2026-11", source: "price lists, several sources" },
  usualDurationMs: 25_000,
});
