// A form without a library, made from `fields` alone; the titles come from the schema.
import { description, load, save } from "./panel.ts";

type Field = (typeof description.fields)[number];
interface Control {
  readonly element: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  /** What the control holds; `null` where it is unset. */
  readonly read: () => unknown;
}

const { properties } = description.jsonSchema;
const values = load();
const controls = new Map(description.fields.map((field) => [field.name, toControl(field, values[field.name])]));

const folded = description.fields.filter(({ no_effect }) => no_effect !== undefined).map(toRow);
const details = make("details", {}, make("summary", {}, "No effect on this model"), make("fieldset", { disabled: true }, ...folded));
const shown = description.fields.filter(({ no_effect }) => no_effect === undefined).map(toRow);
const form = make("form", {}, ...shown, ...(folded.length > 0 ? [details] : []), make("button", { type: "submit" }, "Save"));

// What nobody touched stays as it is stored, whether the control could hold it or not.
const touched = new Set<string>();
form.addEventListener("input", ({ target }) => {
  const control = target as Control["element"];
  touched.add(control.name);
  control.setCustomValidity("");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const entered = [...touched].map((name) => [name, controls.get(name)?.read()]);
  const problems = save({ ...values, ...Object.fromEntries(entered) });
  for (const { field, message } of problems) controls.get(field)?.element.setCustomValidity(message);
  form.reportValidity();
});
document.querySelector("main")?.append(form);

function toRow({ name, items }: Field): HTMLElement {
  const { title = name, description: about } = properties[name] ?? {};
  const { element } = controls.get(name) as Control;
  Object.assign(element, { id: name, name });
  element.setAttribute("aria-describedby", `${name}-about`);
  const oneALine = items && `One a line${items.options ? `: ${items.options.join(", ")}` : ""}`;
  const notes = make("small", { id: `${name}-about` }, [about, oneALine].filter(Boolean).join(". "));
  return make("div", { className: "field" }, make("label", { htmlFor: name }, title), element, notes);
}

function toControl(field: Field, value: unknown): Control {
  const { type, required, options, items, min, max, step } = field;
  if (options) return toChoice(options, required, value);
  if (type === "bool" && !required) return toChoice([true, false], required, value);
  switch (type) {
    case "bool": {
      const element = make("input", { type: "checkbox", checked: value === true });
      return { element, read: () => element.checked };
    }
    case "int":
    case "float": {
      const limits = { min: `${min ?? ""}`, max: `${max ?? ""}`, step: `${step ?? (type === "int" ? 1 : "any")}` };
      const element = make("input", { type: "number", required, value: `${value ?? ""}`, ...limits });
      return { element, read: () => (element.value === "" ? null : element.valueAsNumber) };
    }
    case "array": {
      const element = make("textarea", { value: Array.isArray(value) ? value.join("\n") : "", rows: 4 });
      const toItem = (line: string) => (items?.type === "string" ? line : Number(line));
      const read = () => (element.value === "" && !required ? null : element.value.split("\n").filter(Boolean).map(toItem));
      return { element, read };
    }
    case "string": {
      const element = make("input", { type: "text", value: `${value ?? ""}` });
      return { element, read: () => (element.value === "" && !required ? null : element.value) };
    }
  }
}

/** One of a closed list. The options are told apart by their place, so that numbers and booleans stay what they are. */
function toChoice(options: readonly unknown[], required: boolean, value: unknown): Control {
  const all = required ? options : [null, ...options];
  const element = make("select", {}, ...all.map((option) => new Option(toText(option))));
  element.selectedIndex = all.indexOf(value);
  return { element, read: () => all[element.selectedIndex] };
}

function toText(option: unknown): string {
  if (typeof option === "boolean") return option ? "On" : "Off";
  return option === null ? "Unset" : String(option);
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
