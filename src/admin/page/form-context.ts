import { createContext } from "preact";
import type { FormSchema } from "../../model/form-schema.ts";

/** What the parts of a form know of the whole. */
export interface FormContext {
  readonly schema: FormSchema;
  /** Why a field has no effect, where it has none. */
  readonly withoutEffect: Readonly<Record<string, string>>;
  /** Where a field's value comes from, in words, and whether it is set here. */
  origin(field: string): { readonly text: string; readonly isOwn: boolean; readonly isEdited: boolean; readonly canInherit: boolean };
  /** What takes a field's own value away, in words: `Use default: png`. */
  inheritText(field: string): string;
  /** Takes a field's own value away. */
  inherit(field: string): void;
}

/** Not RJSF's own context: that reaches only fields whose value changed. */
export const ModelFormContext = createContext<FormContext | null>(null);
