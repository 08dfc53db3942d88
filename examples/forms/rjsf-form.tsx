import Form from "@rjsf/core";
import { type ErrorSchema, type RJSFSchema, toErrorSchema, type ValidatorType } from "@rjsf/utils";
import { useState } from "react";
import { description, load, save, say, type Values } from "./panel.ts";

const { uiSchema } = description.rjsf;
const schema: RJSFSchema = description.rjsf.schema;

/** The form of a model, by react-jsonschema-form. */
export function RjsfForm({ validator }: { readonly validator: ValidatorType }) {
  const [formData, setFormData] = useState<Values>(load);
  const [extraErrors, setExtraErrors] = useState<ErrorSchema>({});
  const submit = (values: Values) => {
    const problems = save(values);
    setExtraErrors(toErrorSchema(problems.map(({ field, message }) => ({ property: field, message, stack: message }))));
  };
  return (
    <Form
      schema={schema}
      uiSchema={uiSchema}
      formData={formData}
      validator={validator}
      extraErrors={extraErrors}
      showErrorList={false}
      onChange={({ formData: values = {} }) => {
        setFormData(values);
        setExtraErrors({});
      }}
      onError={() => say("Not saved.")}
      onSubmit={({ formData: values = {} }) => submit(values)}
    >
      <button type="submit">Save</button>
    </Form>
  );
}
