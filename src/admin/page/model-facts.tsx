import type { ModelRow } from "./api-types.ts";
import { priceText } from "./format.ts";
import { modelHref } from "./route.ts";

/** What a model can do and costs, in a few words. */
export function ModelFacts({ model: { modelId, displayName, capabilities, price } }: { readonly model: ModelRow }) {
  const { takesPhoto, maximumPhotos, takesSeed, output } = capabilities;
  const abilities = [
    takesPhoto ? (maximumPhotos > 1 ? `Up to ${maximumPhotos} photos` : "One photo") : "Takes no photo",
    output === "many" ? "Several images" : "One image",
    ...(takesSeed ? ["Repeatable by seed"] : []),
  ];
  return (
    <dl class="facts">
      <div>
        <dt>Price</dt>
        <dd title={price === null ? undefined : `As of ${price.asOf}. ${price.source}`}>
          <a href={modelHref({ modelId, projectId: null }, "price")} aria-label={`Price of ${displayName}: ${priceText(price)}`}>
            {priceText(price)}
          </a>
        </dd>
      </div>
      <div>
        <dt>Abilities</dt>
        <dd class="plain">{abilities.join(" · ")}</dd>
      </div>
    </dl>
  );
}
