/** Takes the place of RJSF's Markdown: descriptions of models are plain text, and a parser for them would be a third of the page. */
export function Markdown({ children }: { readonly children?: unknown }): unknown {
  return children;
}
