import { ariaDescribedByIds, type WidgetProps } from "@rjsf/utils";

type Props = WidgetProps;

/** Whether an input is one of a list: no label of its own is seen then. */
const isItem = (id: string) => /_\d+$/.test(id);

/** A slider, and a number to type beside it. */
export function RangeWidget({ id, value, schema, label, disabled, readonly, onChange, rawErrors }: Props) {
  const { minimum = 0, maximum = 100, multipleOf, type } = schema;
  const step = multipleOf ?? (type === "integer" ? 1 : "any");
  const change = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
    onChange(currentTarget.value === "" ? null : Number(currentTarget.value));
  const shared = { value: value ?? "", disabled: disabled || readonly, onInput: change, step: step as number };
  const isWrong = Boolean(rawErrors?.length);
  return (
    <div class="range">
      <input
        id={id}
        aria-label={isItem(id) ? label : undefined}
        type="range"
        min={minimum}
        max={maximum}
        {...shared}
        aria-describedby={ariaDescribedByIds(id)}
      />
      <input
        type="number"
        aria-label={`${label}, exact value`}
        aria-invalid={isWrong}
        aria-describedby={ariaDescribedByIds(id)}
        {...shared}
      />
    </div>
  );
}

/** A switch. */
export function SwitchWidget({ id, value, label, disabled, readonly, onChange }: Props) {
  return (
    <input
      id={id}
      class="switch"
      type="checkbox"
      aria-label={isItem(id) ? label : undefined}
      checked={value === true}
      disabled={disabled || readonly}
      aria-describedby={ariaDescribedByIds(id)}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}

/** A list of options: side by side where they are few and short, else a menu. */
export function ChoiceWidget({ id, value, options, disabled, readonly, onChange, rawErrors, label }: Props) {
  const choices: readonly { readonly value: unknown; readonly label: string }[] = options.enumOptions ?? [];
  const isFew = !isItem(id) && choices.length <= 4 && choices.every((choice) => choice.label.length <= 12);
  const at = choices.findIndex((choice) => choice.value === value);
  if (!isFew) {
    return (
      <select
        id={id}
        aria-label={isItem(id) ? label : undefined}
        value={String(at)}
        disabled={disabled || readonly}
        aria-invalid={Boolean(rawErrors?.length)}
        aria-describedby={ariaDescribedByIds(id)}
        onChange={({ currentTarget }) => onChange(choices[Number(currentTarget.value)]?.value)}
      >
        {at < 0 && (
          <option value="-1" disabled>
            {value === null || value === undefined ? "Choose" : `${String(value)} (not possible)`}
          </option>
        )}
        {choices.map((choice, index) => (
          <option key={choice.label} value={String(index)}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  }
  return (
    // The id stands here: a click on the label of the field must not choose the first option.
    <div id={id} class="segments" role="radiogroup" aria-label={label} aria-describedby={ariaDescribedByIds(id)}>
      {choices.map((choice, index) => (
        <label key={choice.label}>
          <input type="radio" name={id} checked={index === at} disabled={disabled || readonly} onChange={() => onChange(choice.value)} />
          <span>{choice.label}</span>
        </label>
      ))}
    </div>
  );
}

/** A line of text, or a number that may be left out. */
export function InputWidget({ id, value, label, options, schema, disabled, readonly, onChange, rawErrors }: Props) {
  const types = [schema.type].flat();
  const isNumber = types.includes("integer") || types.includes("number");
  const change = (text: string) => {
    const number = Number(text);
    if (text === "") onChange(options.emptyValue ?? null);
    else onChange(isNumber && !Number.isNaN(number) ? number : text);
  };
  return (
    <input
      id={id}
      aria-label={isItem(id) ? label : undefined}
      type={isNumber ? "number" : "text"}
      step={isNumber ? "any" : undefined}
      value={(value ?? "") as string}
      placeholder={types.includes("null") ? "Not set" : ""}
      disabled={disabled || readonly}
      autocomplete="off"
      aria-invalid={Boolean(rawErrors?.length)}
      aria-describedby={ariaDescribedByIds(id)}
      onInput={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}
