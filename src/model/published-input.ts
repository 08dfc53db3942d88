/** One input of a model as Replicate publishes it: the part of JSON Schema that Replicate's schemas use. */
export interface PublishedField {
  readonly type: "string" | "integer" | "number" | "boolean" | "array";
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** What the model uses when the input is not sent. */
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly format?: "uri";
  readonly items?: PublishedField;
  readonly description?: string;
  /** A limit that stands in the documentation but not in the schema: sent, with a warning. */
  readonly documented?: DocumentedLimit;
}

/** A limit that Replicate documents without enforcing it by schema. */
export interface DocumentedLimit {
  /** Largest value that the documentation allows when a photo is sent. */
  readonly maximum: number;
  /** What the documentation says and where, in a sentence. */
  readonly reason: string;
}

/** Where a model's photo goes. */
export interface PublishedImage {
  readonly key: string;
  /** Whether the input is an array of addresses. */
  readonly isArray: boolean;
  /** How many photos the model takes. */
  readonly maximum: number;
}

/** What Replicate publishes of a model's inputs and output, and when it was read. */
export interface PublishedInput {
  /** The day the schema was read, as `YYYY-MM-DD`, or the month. */
  readonly asOf: string;
  /** The model version of that day, where it is known. */
  readonly versionId?: string;
  readonly promptKey: string;
  /** `null` for a model that takes no photo. */
  readonly image: PublishedImage | null;
  /** Whether the photo must be sent. */
  readonly isImageRequired?: boolean;
  /** All other inputs, in the order of the schema. */
  readonly inputs: Readonly<Record<string, PublishedField>>;
  /** Whether the output is one address or an array of them. */
  readonly output: "one" | "many";
}

type ValueOf<Field extends PublishedField> = Field extends { readonly enum: readonly (infer Value)[] }
  ? Value
  : Field extends { readonly type: "integer" | "number" }
    ? number
    : Field extends { readonly type: "boolean" }
      ? boolean
      : Field extends { readonly type: "array" }
        ? readonly unknown[]
        : string;

type ImageInput<Image> = Image extends PublishedImage
  ? { [Key in Image["key"]]: Image["isArray"] extends true ? string[] : string }
  : unknown;

/** The input of one model, typed by what it publishes. */
export type InputOf<Published extends PublishedInput> = { [Key in Published["promptKey"]]: string } & ImageInput<Published["image"]> & {
    [Name in keyof Published["inputs"]]?: ValueOf<Published["inputs"][Name]>;
  };
