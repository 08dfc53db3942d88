/** The built files of the page by name. The package's build puts them in the place of this module, which builds them. */
export async function pageFiles(): Promise<Readonly<Record<string, string>>> {
  const { buildPage } = await import("./build-page.ts");
  return buildPage();
}
