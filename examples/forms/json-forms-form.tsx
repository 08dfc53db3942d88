import type { Middleware, ValidationMode } from "@jsonforms/core";
import { JsonForms, type JsonFormsInitStateProps } from "@jsonforms/react";
import { vanillaCells, vanillaRenderers } from "@jsonforms/vanilla-renderers";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { choiceCell } from "./choice-cell.tsx";
import { description, load, save, type Values } from "./panel.ts";

const { schema, uischema } = description.jsonForms;
const cells = [...vanillaCells, choiceCell];
type Errors = NonNullable<JsonFormsInitStateProps["additionalErrors"]>;

/** The form of a model, by JSON Forms. `NoValidation` compiles no schema: the config class checks what is saved. */
export function JsonFormsForm({ validationMode }: { readonly validationMode: ValidationMode }) {
  // For JSON Forms an unset field is absent.
  const initial = useMemo(() => Object.fromEntries(Object.entries(load()).filter(([, value]) => value !== null)), []);
  const values = useRef<Values>(initial);
  const [additionalErrors, setAdditionalErrors] = useState<Errors>([]);
  // Not onChange, which comes late: who presses Enter at once would save what was there before.
  const remember: Middleware = useMemo(
    () => (state, action, reduce) => {
      const next = reduce(state, action);
      values.current = next.data;
      return next;
    },
    [],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const toError = ({ field, message }: { field: string; message: string }) => ({
      instancePath: `/${field}`,
      message,
      schemaPath: "",
      keyword: "",
      params: {},
    });
    setAdditionalErrors(save(values.current).map(toError));
  };
  return (
    <form onSubmit={submit}>
      <JsonForms
        schema={schema}
        uischema={uischema}
        data={initial}
        renderers={vanillaRenderers}
        cells={cells}
        config={{ showUnfocusedDescription: true }}
        validationMode={validationMode}
        additionalErrors={additionalErrors}
        middleware={remember}
      />
      <button type="submit">Save</button>
    </form>
  );
}
