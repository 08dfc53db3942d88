import { JsonFormsForm } from "./json-forms-form.tsx";
import { renderForm } from "./render-form.tsx";

renderForm(<JsonFormsForm validationMode="ValidateAndShow" />);
