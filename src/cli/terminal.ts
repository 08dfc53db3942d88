/** Where a command writes. Standard output holds results only, so that it can be piped; all else goes to standard error. */
export interface Terminal {
  /** A line of the result, to standard output. */
  print(text: string): void;
  /** A line about the work, to standard error. */
  note(text: string): void;
  /** The line that is redrawn in place, on an interactive terminal; `""` takes it away. */
  redraw(text: string): void;
  /** Whether a person watches standard error. */
  readonly isInteractive: boolean;
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
  /** Styles text for standard output, where that is a terminal. */
  readonly style: Style;
  /** Styles text for standard error, where that is a terminal. */
  readonly noteStyle: Style;
}

/** Ways to make text stand out; each gives plain text where colours are not wanted. */
export type Style = Readonly<Record<keyof typeof codes, (text: string) => string>>;

const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;
const clearLine = "\r\u001b[2K";

/** The terminal of this process. `NO_COLOR` is honoured. */
export function createTerminal({ stdin, stdout, stderr, env }: NodeJS.Process): Terminal {
  const isInteractive = stderr.isTTY === true && env.TERM !== "dumb";
  let drawn = "";
  const redraw = (text: string) => {
    if (!isInteractive || (text === "" && drawn === "")) return;
    // One column stays free: a full line would wrap, and the next clearing would miss its first half.
    drawn = text.slice(0, Math.max(20, stderr.columns || 80) - 1);
    stderr.write(clearLine + drawn);
  };
  const writeLine = (stream: NodeJS.WriteStream, text: string) => {
    const pending = drawn;
    redraw("");
    stream.write(`${text}\n`);
    redraw(pending);
  };
  return {
    print: (text) => writeLine(stdout, text),
    note: (text) => writeLine(stderr, text),
    redraw,
    isInteractive,
    canAsk: isInteractive && stdin.isTTY === true,
    style: createStyle(stdout.isTTY === true && !env.NO_COLOR),
    noteStyle: createStyle(isInteractive && !env.NO_COLOR),
  };
}

function createStyle(isColoured: boolean): Style {
  const entries = Object.entries(codes).map(([name, [on, off]]) => [
    name,
    (text: string) => (isColoured ? `\u001b[${on}m${text}\u001b[${off}m` : text),
  ]);
  return Object.fromEntries(entries);
}
