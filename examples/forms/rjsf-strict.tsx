// Under a strict Content-Security-Policy: the validator compiles nothing.
import { interpretingValidator } from "../../src/admin/page/interpreting-validator.ts";
import { renderForm } from "./render-form.tsx";
import { RjsfForm } from "./rjsf-form.tsx";

renderForm(<RjsfForm validator={interpretingValidator} />);
