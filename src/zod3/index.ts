export { type FromZod3Options, fromZod3 } from "./from-zod3.ts";
export type { FieldsOf, Zod3Object, Zod3Type } from "./zod3-type.ts";
