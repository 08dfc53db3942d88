import { toWriteOptions, writeOptions } from "../config/setting-options.ts";
import { defineBooksCommand } from "../costs/define-books-command.ts";
import { budgetArgument } from "./budget-options.ts";

const { note, author, "expected-version": expectedVersion } = writeOptions;

/** `restage budget remove`: takes a budget away. */
export const budgetRemoveCommand = defineBooksCommand({
  name: "budget remove",
  summary: "Take a budget away; what it counted stays, and counts again if it is set again",
  args: [budgetArgument],
  options: { note, author, "expected-version": expectedVersion },
  examples: [["restage budget remove month-limit", "Ends with code 1 where there is none"]],
  isWriting: true,
  plan({ args: [id = ""], options }) {
    const write = toWriteOptions(options);
    return async ({ budgets, place }) => {
      const isRemoved = await budgets.remove(id, write);
      return {
        json: { place, id, isRemoved },
        text: ({ green, yellow }) =>
          isRemoved ? `${green("✓")} ${id} removed from ${place}` : `${yellow("!")} ${place} has no budget ${id}`,
        exitCode: isRemoved ? 0 : 1,
      };
    };
  },
});
