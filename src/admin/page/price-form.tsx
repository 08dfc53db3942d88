import type { ComponentChildren } from "preact";
import { type PriceField, priceProperties } from "./price-fields.ts";
import type { PriceEditor } from "./use-price-editor.ts";

interface PriceFormProps {
  readonly editor: PriceEditor;
  onSubmit(): void;
}

/** The fields of a price of the owner's own. */
export function PriceForm({ editor, onSubmit }: PriceFormProps) {
  return (
    <form
      class="fields"
      aria-labelledby="own-price"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <h2 id="own-price">A price of your own</h2>
      <p class="soft">For all projects. Stagings from now on are estimated and settled by it.</p>
      <div class="pair">
        <Text editor={editor} field="amount" placeholder="0.025" inputMode="decimal" />
        <Choice editor={editor} field="per" />
      </div>
      <Text editor={editor} field="source" placeholder="Our contract of November" help="Where you read it, and how sure it is." />
      <div class="pair">
        <Text editor={editor} field="asOf" placeholder="2026-11-20" help="When you read it: a day, or a month." />
        <Choice editor={editor} field="failed" />
      </div>
      {/* Enter saves; the button that is seen stands beside the changes. */}
      <button type="submit" hidden />
    </form>
  );
}

interface FieldProps {
  readonly editor: PriceEditor;
  readonly field: PriceField;
  readonly help?: string;
}

interface TextProps extends FieldProps {
  readonly placeholder: string;
  readonly inputMode?: "decimal";
}

function Text({ placeholder, inputMode, ...props }: TextProps) {
  const { editor, field } = props;
  return (
    <Field {...props}>
      {(named) => (
        <input
          {...named}
          type="text"
          autocomplete="off"
          placeholder={placeholder}
          inputMode={inputMode}
          value={String(editor.values[field] ?? "")}
          onInput={({ currentTarget }) => editor.change({ ...editor.values, [field]: currentTarget.value })}
        />
      )}
    </Field>
  );
}

function Choice(props: FieldProps) {
  const { editor, field } = props;
  return (
    <Field {...props}>
      {(named) => (
        <select
          {...named}
          value={String(editor.values[field] ?? "")}
          onChange={({ currentTarget }) => editor.change({ ...editor.values, [field]: currentTarget.value })}
        >
          {priceProperties[field].oneOf?.map((option) => (
            <option key={option.const} value={String(option.const)}>
              {option.title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface Named {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

function Field({ editor, field, help, children }: FieldProps & { children(named: Named): ComponentChildren }) {
  const id = `price-${field}`;
  const isEdited = editor.edited.has(field);
  // What nobody has come to yet is named beside the button only.
  const wrong = isEdited || editor.values[field] !== "" ? (editor.problems[field] ?? []) : [];
  const described = [...(help ? [`${id}-help`] : []), ...(wrong.length > 0 ? [`${id}-wrong`] : [])];
  return (
    <div class={isEdited ? "stacked edited" : "stacked"} data-field={field}>
      <label class="label" for={id}>
        {priceProperties[field].title}
      </label>
      {children({ id, "aria-invalid": wrong.length > 0, "aria-describedby": described.join(" ") || undefined })}
      {wrong.length > 0 && (
        <div class="why-wrong" id={`${id}-wrong`} role="alert">
          {wrong.join(" ")}
        </div>
      )}
      {help && (
        <p class="description" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}
