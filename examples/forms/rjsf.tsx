import validator from "@rjsf/validator-ajv8";
import { renderForm } from "./render-form.tsx";
import { RjsfForm } from "./rjsf-form.tsx";

renderForm(<RjsfForm validator={validator} />);
