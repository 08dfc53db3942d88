/** What makes Node behave as if a package were not installed: a value for `NODE_OPTIONS`. */
export function withoutPackage(name: string): string {
  const hook = `export async function resolve(specifier, context, next) {
    if (specifier === ${JSON.stringify(name)}) throw Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
    return next(specifier, context);
  }`;
  const toUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  return `--import=${toUrl(`import { register } from "node:module"; register(${JSON.stringify(toUrl(hook))});`)}`;
}
