import Form from "@rjsf/core";
import type { ErrorSchema, RegistryWidgetsType, TemplatesType } from "@rjsf/utils";
import type { ModelDescription } from "../../model/describe-model.ts";
import type { Values } from "./draft.ts";
import type { Problems } from "./find-problems.ts";
import { type FormContext, ModelFormContext } from "./form-context.ts";
import { FieldsTemplate, FieldTemplate, ListItemTemplate, ListTemplate, Nothing } from "./form-templates.tsx";
import { ChoiceWidget, InputWidget, RangeWidget, SwitchWidget } from "./form-widgets.tsx";
import { interpretingValidator } from "./interpreting-validator.ts";

const widgets = {
  RangeWidget,
  CheckboxWidget: SwitchWidget,
  SelectWidget: ChoiceWidget,
  TextWidget: InputWidget,
} as unknown as RegistryWidgetsType;

const templates = {
  FieldTemplate,
  ObjectFieldTemplate: FieldsTemplate,
  ArrayFieldTemplate: ListTemplate,
  ArrayFieldItemTemplate: ListItemTemplate,
  FieldErrorTemplate: Nothing,
  DescriptionFieldTemplate: Nothing,
} as unknown as Partial<TemplatesType>;

interface ModelFormProps {
  readonly id: string;
  readonly description: ModelDescription;
  readonly values: Values;
  readonly problems: Problems;
  readonly isReadOnly: boolean;
  readonly context: FormContext;
  onChange(values: Values): void;
  onSubmit(): void;
}

/** The form of any model, from its description alone. What is wrong comes from outside: see `findProblems`. */
export function ModelForm({ id, description, values, problems, isReadOnly, context, onChange, onSubmit }: ModelFormProps) {
  const errors = Object.entries(problems).map(([field, texts]) => [field, { __errors: [...texts] }]);
  return (
    <ModelFormContext.Provider value={context}>
      <Form
        id={id}
        schema={description.rjsf.schema as never}
        uiSchema={toUiSchema(description)}
        formData={values}
        validator={interpretingValidator}
        extraErrors={Object.fromEntries(errors) as ErrorSchema}
        readonly={isReadOnly}
        noValidate
        noHtml5Validate
        showErrorList={false}
        widgets={widgets}
        templates={templates}
        onChange={({ formData }) => onChange(formData ?? {})}
        onSubmit={onSubmit}
      >
        {/* Enter saves; the button that is seen stands beside the changes. */}
        <button type="submit" hidden />
      </Form>
    </ModelFormContext.Provider>
  );
}

/** The hints for RJSF. Fields without effect are hidden by them; here they are folded away, to be seen but not changed. */
function toUiSchema({ rjsf, fields }: ModelDescription): Record<string, unknown> {
  const { "ui:description": _, ...hints } = rjsf.uiSchema;
  const folded = fields.filter(({ no_effect }) => no_effect !== undefined).map(({ name }) => [name, { "ui:readonly": true }]);
  return { ...hints, ...Object.fromEntries(folded) };
}
