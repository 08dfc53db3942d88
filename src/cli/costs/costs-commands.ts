import type { CommandGroup } from "../command.ts";
import { costsCommand } from "./costs-command.ts";
import { costsPriceCommand } from "./costs-price-command.ts";
import { costsPricesCommand } from "./costs-prices-command.ts";
import { costsReconcileCommand } from "./costs-reconcile-command.ts";

/** `restage costs`. */
export const costsCommands: CommandGroup = {
  name: "costs",
  summary: "Show what stagings cost; prices; compare with Replicate or an invoice",
  commands: [costsCommand, costsReconcileCommand, costsPricesCommand, costsPriceCommand],
};
