import { defineModel } from "../model/define-model.ts";
import { FluxKontextConfig } from "./flux-kontext-config.ts";
import { fluxKontextPublished } from "./flux-kontext-published.ts";

/** FLUX.1 Kontext pro. Takes one photo, gives one image. */
export const fluxKontextPro = /* @__PURE__ */ defineModel({
  id: "black-forest-labs/flux-kontext-pro",
  name: "Flux Kontext Pro",
  description: "Photo editing of high quality",
  settingsKey: "flux_kontext_pro",
  config: FluxKontextConfig,
  // Of version 897a70f5a7dbd8a0611413b3b98cf417b45f266bd595c571a22947619d9ae462.
  published: fluxKontextPublished,
  price: { per: "output_image", microUsd: 40_000, asOf: "2026-11", source: "price lists, several sources" },
  usualDurationMs: 10_000,
});
