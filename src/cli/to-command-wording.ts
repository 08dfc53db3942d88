/** What is called in code, and what does the same on the command line. */
const wordings = {
  "settings.saveConfig(…)": "`restage config set`",
  "settings.resetConfig(…)": "`restage config reset`",
  "settings.rollback(…)": "`restage config rollback`",
  "settings.history(…)": "`restage config history`",
  "settings.setActive(…)": "`restage model use`",
  "settings.resetActive(…)": "`restage model reset`",
  ". registry.register(…) adds one": "",
  " (discard: true)": "",
};

/** A message of the library for whoever sits at a command line: with commands in the place of calls. */
export function toCommandWording(message: string): string {
  return Object.entries(wordings).reduce((text, [call, command]) => text.replaceAll(call, command), message);
}
