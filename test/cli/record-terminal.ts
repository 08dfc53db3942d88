import type { Style, Terminal } from "../../src/cli/terminal.ts";

/** A terminal that keeps what was written to it, where nobody watches and nobody can be asked. */
export function recordTerminal(): Terminal & { readonly printed: string[]; readonly noted: string[] } {
  const [printed, noted]: [string[], string[]] = [[], []];
  const same = (text: string) => text;
  const style: Style = { bold: same, dim: same, red: same, green: same, yellow: same };
  return {
    printed,
    noted,
    print: (text) => printed.push(text),
    note: (text) => noted.push(text),
    redraw: () => undefined,
    isInteractive: false,
    canAsk: false,
    style,
    noteStyle: style,
  };
}
