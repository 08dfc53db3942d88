import type { FormField } from "./form.ts";
import type { FieldJsonSchema } from "./json-schema.ts";

/** The type of one field: any schema that follows Standard Schema, such as one of zod. */
export interface FieldType<Output = unknown> {
  readonly "~standard": { readonly types?: { readonly output: Output } | undefined };
}

/** The fields of a config: Replicate's own snake_case names, each with its type, default and description. */
export type FieldTable = Readonly<Record<string, FieldType>>;

type OutputOf<Field extends FieldType> = NonNullable<Field["~standard"]["types"]>["output"];
type OptionalName<Fields extends FieldTable> = {
  [Name in keyof Fields]: undefined extends OutputOf<Fields[Name]> ? Name : never;
}[keyof Fields];

/** All values of a config. A field that may be left unset is `null` or absent. */
export type ConfigValues<Fields extends FieldTable> = {
  [Name in Exclude<keyof Fields, OptionalName<Fields>>]: OutputOf<Fields[Name]>;
} & { [Name in OptionalName<Fields>]?: OutputOf<Fields[Name]> };

/** Values for some fields of a config; `null` unsets a field that may be left unset. */
export type ConfigPatch<Fields extends FieldTable> = { readonly [Name in keyof Fields]?: OutputOf<Fields[Name]> | undefined };

/** The set values of a config, by Replicate's names. */
export type ConfigMap<Fields extends FieldTable> = {
  [Name in keyof ConfigValues<Fields>]: NonNullable<ConfigValues<Fields>[Name]>;
};

/** What every config can do. */
export interface ConfigMethods<Name extends string, Fields extends FieldTable> {
  /** The name of the config's class. */
  readonly configName: Name;
  /**
   * A new config with other values for some fields; `undefined` leaves a field as it is. Values are not checked before `validate`.
   * @throws {InvalidConfigError} for a field that the class does not have.
   */
  with(patch: ConfigPatch<Fields>): ModelConfig<Name, Fields>;
  /**
   * The same config, when it keeps the rules of its class.
   * @throws {InvalidConfigError} with every problem at once.
   */
  validate(): ModelConfig<Name, Fields>;
  /** The values as Replicate names them, in the order of the table; unset fields are left out. */
  toMap(): ConfigMap<Fields>;
  /**
   * The same as `toMap`, so that `JSON.stringify(config)` gives what `parse` takes. A field that was unset, but has a default other than
   * `null`, gets its default back.
   */
  toJSON(): ConfigMap<Fields>;
}

/** An immutable config: its values as typed fields, and what can be done with them. */
export type ModelConfig<Name extends string, Fields extends FieldTable> = Readonly<ConfigValues<Fields>> & ConfigMethods<Name, Fields>;

/** A config class: makes, reads and describes the configs of one field table. */
export interface ConfigClass<Name extends string, Fields extends FieldTable> {
  readonly configName: Name;
  /** The field table. Built at first use. */
  readonly fields: Fields;
  /** The config with every field at the default of the class. */
  defaults(): ModelConfig<Name, Fields>;
  /**
   * Reads a config from JSON text or from an object. Absent fields get `defaults`, else the defaults of the class.
   * @throws {InvalidConfigError} with every problem at once: illegal values, unknown fields, text that is not JSON.
   */
  parse(json: unknown, defaults?: ConfigPatch<Fields>): ModelConfig<Name, Fields>;
  /** The form schema of the class, in the shape that the Go service's admin panel reads. */
  schema(): { readonly fields: readonly FormField[] };
  /**
   * The fields as draft-07 JSON Schemas, in the order of the table, each in one canonical shape.
   * @throws {InvalidConfigError} naming every field that no form can show, or when there is no field at all.
   */
  fieldSchemas(): Readonly<Record<string, FieldJsonSchema>>;
}

/** The config type of a config class. */
export type ConfigOf<Class> = Class extends ConfigClass<infer Name, infer Fields> ? ModelConfig<Name, Fields> : never;
