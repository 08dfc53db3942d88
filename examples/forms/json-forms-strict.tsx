// Under a strict Content-Security-Policy: JSON Forms compiles no schema.
import { JsonFormsForm } from "./json-forms-form.tsx";
import { renderForm } from "./render-form.tsx";

renderForm(<JsonFormsForm validationMode="NoValidation" />);
