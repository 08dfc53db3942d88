import { parseArgs } from "node:util";
import type { Command, CommandInput, OptionTable } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** What every command takes. */
export const commonOptions: OptionTable = {
  json: { type: "boolean", description: "Print one JSON document on standard output and nothing else" },
  help: { type: "boolean", description: "Show this help" },
};

/**
 * The arguments and options of a command.
 * @throws {UsageError} naming what is legal.
 */
export function parseCommandLine(command: Command, words: readonly string[]): Pick<CommandInput, "args" | "options"> {
  const table = { ...command.options, ...commonOptions };
  const { values, positionals } = parseWords(command, table, words);
  const options = Object.entries(values).map(([name, value]) => {
    if (!Array.isArray(value) || table[name]?.multiple) return [name, value];
    if (name === "out" && value.includes("")) throw new UsageError("--out needs a value: it is empty");
    if (value.length > 1) throw new UsageError(`--${name} can be given once, not ${value.length} times`);
    return [name, value[0]];
  });
  if (!values.help) checkArguments(command, positionals);
  return { args: positionals, options: Object.fromEntries(options) };
}

function checkArguments({ name, args }: Command, given: readonly string[]): void {
  const missing = args.slice(given.length).find(({ isRequired }) => isRequired);
  if (missing !== undefined)
    throw new UsageError(`restage ${name} needs ${/^[AEIO]/.test(missing.name) ? "an" : "a"} ${missing.name}: ${missing.description}`);
  const surplus = args.at(-1)?.isMany ? undefined : given[args.length];
  if (surplus === undefined) return;
  const legal = args.length === 0 ? "no argument" : args.map((arg) => `one ${arg.name}`).join(" and ");
  throw new UsageError(`restage ${name} takes ${legal}; ${JSON.stringify(surplus)} is too much`);
}

function parseWords(command: Command, table: OptionTable, words: readonly string[]): ReturnType<typeof parseArgs> {
  try {
    const options = Object.entries(table).map(([name, { type }]) => [
      name,
      { type, multiple: type === "string", ...(name === "help" && { short: "h" }) },
    ]);
    return parseArgs({ args: [...words], options: Object.fromEntries(options), allowPositionals: true, strict: true });
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!code.startsWith("ERR_PARSE_ARGS")) throw error;
    const named = /'(-[^' ]*)/.exec(message)?.[1] ?? "";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
      const known = Object.keys(table).map((name) => `--${name}`);
      throw new UsageError(`Unknown option ${named}. restage ${command.name} knows ${known.join(", ")}`);
    }
    const name = named.replace(/^--?/, "");
    const isFlag = table[name]?.type === "boolean";
    throw new UsageError(
      isFlag ? `${named} takes no value` : `${named} needs a value; one that begins with a dash is given as ${named}=-VALUE`,
    );
  }
}
