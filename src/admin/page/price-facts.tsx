import type { StoredPrice } from "./api-types.ts";
import { estimateText, priceText, valueText } from "./format.ts";
import { priceProperties } from "./price-fields.ts";

/** What a model costs, who says so, and what a staging comes to. */
export function PriceFacts({ stored: { price, origin, builtIn, estimate, issues } }: { readonly stored: StoredPrice }) {
  if (issues.length > 0) return <p class="soft">None: the stored one cannot be read.</p>;
  const facts: readonly (readonly [name: string, value: string])[] =
    price === null
      ? []
      : [
          ["Comes from", origin === "default" ? "This release" : "The owner, for all projects"],
          ["As of", price.asOf],
          ["Source", price.source],
          [priceProperties.failed.title ?? "", valueText(price.failed ?? "", priceProperties.failed)],
        ];
  return (
    <>
      <dl class="facts">
        <div>
          <dt>Price</dt>
          <dd>{priceText(price)}</dd>
        </div>
        {estimate && (
          <div>
            <dt>A staging costs</dt>
            <dd>{estimateText(estimate)}</dd>
          </div>
        )}
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="plain">{value}</dd>
          </div>
        ))}
      </dl>
      {origin === "global" && builtIn && (
        <p class="description">
          Built in is {priceText(builtIn)}, as of {builtIn.asOf}: {builtIn.source}.
        </p>
      )}
      {price?.per === "second" && (
        <p class="description">
          By the second, a staging is reckoned with the time that this model usually takes; a longer one costs more.
        </p>
      )}
    </>
  );
}
