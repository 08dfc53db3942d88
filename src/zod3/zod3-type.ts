import type { Issue } from "../errors/to-problems.ts";
import type { FieldType } from "../model/model-config.ts";

/** A zod 3 type of whichever copy of zod 3. */
export interface Zod3Type {
  readonly _output: unknown;
  readonly _input: unknown;
  readonly _def: object;
  /** What only the types of zod 4 have. */
  readonly _zod?: undefined;
}

/** What `z.object({ … })` of zod 3 gives. */
export interface Zod3Object<Shape extends Readonly<Record<string, Zod3Type>>> extends Zod3Type {
  readonly shape: Shape;
}

/** The field table of a zod 3 object. A field that takes `null` or `undefined` alone takes the other, too. */
export type FieldsOf<Shape extends Readonly<Record<string, Zod3Type>>> = {
  readonly [Name in keyof Shape]: FieldType<OutputOf<Shape[Name]>>;
};

type OutputOf<Field extends Zod3Type> = undefined extends Field["_output"]
  ? Field["_output"] | null
  : null extends Field["_output"]
    ? Field["_output"] | (undefined extends Field["_input"] ? never : undefined)
    : Field["_output"];

/** The methods of a zod 3 type that are called. */
export interface Zod3Methods {
  isNullable(): boolean;
  nullable(): Zod3Methods;
  optional(): Zod3Methods;
  refine(check: (value: unknown) => boolean, message: string): Zod3Methods;
  safeParse(value: unknown): { readonly success: boolean; readonly data?: object; readonly error?: { readonly issues: readonly Issue[] } };
}

/** The methods of a zod 3 object that are called. */
export interface Zod3ObjectMethods extends Zod3Methods {
  readonly shape: Readonly<Record<string, Zod3Methods>>;
  extend(shape: object): Zod3ObjectMethods;
  strict(): Zod3ObjectMethods;
}
