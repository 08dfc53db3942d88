import { formatUsd } from "../../model/price.ts";
import { registry } from "../../models/registry.ts";
import { defineSettingsCommand } from "../config/define-settings-command.ts";
import { toTable } from "../table.ts";

/** `restage costs prices`: what each model costs. */
export const costsPricesCommand = defineSettingsCommand({
  name: "costs prices",
  summary: "Show the price of every model, who says so and since when",
  args: [],
  options: {},
  examples: [["restage costs prices --json", "For programs"]],
  isWriting: false,
  plan:
    () =>
    async ({ settings, place }) => {
      const prices = await Promise.all(registry.list().map(async ({ id }) => ({ modelId: id, ...(await settings.price(id)) })));
      const text = toTable(
        prices.map(({ modelId, price, origin, version }) => [
          modelId,
          formatUsd(price?.microUsd ?? null),
          price === null ? "" : `per ${price.per.replace("_", " ")}`,
          price?.asOf ?? "",
          origin === "global" ? `your own, version ${version}` : "of this release",
          price?.source ?? "",
        ]),
      );
      return { json: { place, prices }, text: ({ bold, dim }) => `${bold("Prices")} ${dim(`· ${place}`)}\n\n${text}` };
    },
});
