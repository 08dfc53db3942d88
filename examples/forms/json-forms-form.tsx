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
  const [{ data, errors }, setForm] = useState(start);
  const values = useRef<Values>(data);
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
    // Both at once: with new errors JSON Forms takes its data anew, too.
    setForm({ data: values.current, errors: save(values.current).map(toError) });
  };
  // noValidate: the vanilla number input has steps of 0.1, and the browser would refuse 0.75.
  return (
    <form onSubmit={submit} noValidate>
      <JsonForms
        schema={schema}
        uischema={uischema}
        data={data}
        renderers={vanillaRenderers}
        cells={cells}
        validationMode={validationMode}
        additionalErrors={errors}
        middleware={remember}
      />
      <button type="submit">Save</button>
    </form>
  );
}

// For JSON Forms an unset field is absent.
function start(): { readonly data: Values; readonly errors: Errors } {
  return { data: Object.fromEntries(Object.entries(load()).filter(([, value]) => value !== null)), errors: [] };
}
