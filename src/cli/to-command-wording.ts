/** What is called in code, and what does the same on the command line. */
const wordings: readonly (readonly [string | RegExp, string])[] = [
  ["settings.saveConfig(…)", "`restage config set`"],
  ["settings.resetConfig(…)", "`restage config reset`"],
  ["settings.rollback(…)", "`restage config rollback`"],
  ["settings.history(…)", "`restage config history`"],
  ["settings.setActive(…)", "`restage model use`"],
  ["settings.resetActive(…)", "`restage model reset`"],
  ["settings.setPrice(…)", "`restage costs price`"],
  ["budgets.set(…)", "`restage budget set`"],
  ["settings.resetPrice(…)", "`restage costs price --reset`"],
  [". registry.register(…) adds one", ""],
  [" (discard: true)", ""],
  ["client.wait(…) takes it up again, client.cancel(…) ends it", "`restage runs resume` takes it up again"],
  ["client.wait(…) follows it", "`restage runs show` tells how it stands"],
  [
    /client\.conclude\("([^"]*)", \{ predictionId \}\), null where there is none/g,
    "`restage runs conclude $1 --prediction PREDICTION_ID`, or --none where there is none",
  ],
  [/ in this run store$/g, ": `restage runs` shows those that are kept"],
  ["\n- predictionId: ", "\n- --prediction: "],
  ["The sink failed: ", "An image could not be written: "],
];

/** A message of the library for whoever sits at a command line: with commands in the place of calls. */
export function toCommandWording(message: string): string {
  return wordings.reduce((text, [call, command]) => text.replaceAll(call, command), message);
}
