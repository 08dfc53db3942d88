import {
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  descriptionId,
  errorId,
  type FieldTemplateProps,
  type ObjectFieldTemplateProps,
} from "@rjsf/utils";
import { useContext, useRef } from "preact/hooks";
import { type FormContext, ModelFormContext } from "./form-context.ts";

/** A field: its label, where its value comes from, its input, its description and what is wrong. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { id, label, children, schema, rawErrors = [], fieldPathId } = props;
  const context = useContext(ModelFormContext) as FormContext;
  const origin = useRef<HTMLSpanElement>(null);
  const path = fieldPathId.path;
  if (path.length === 0) return children;
  const name = String(path[0]);
  const isItem = path.length > 1;
  const property = context.schema.properties[name];
  if (isItem) return <div class="item-input">{children}</div>;
  const isList = property?.items !== undefined;
  const reason = context.withoutEffect[name];
  const { text, isOwn, isEdited, canInherit } = context.origin(name);
  const description = reason ?? schema.description;
  const inherit = () => {
    context.inherit(name);
    // The button goes away.
    origin.current?.focus();
  };
  return (
    <div class={`field${isEdited ? " edited" : ""}${rawErrors.length > 0 ? " wrong" : ""}`} data-field={name}>
      <div class="field-head">
        {isList ? (
          <span class="label" id={`${id}-label`}>
            {label}
          </span>
        ) : (
          <label class="label" for={id}>
            {label}
          </label>
        )}
        <span ref={origin} tabIndex={-1} class={isOwn ? "origin own" : "origin"}>
          {text}
        </span>
        {canInherit && (
          <button type="button" class="link" aria-label={`${label}: ${context.inheritText(name)}`} onClick={inherit}>
            {context.inheritText(name)}
          </button>
        )}
      </div>
      {children}
      {rawErrors.length > 0 && (
        <div class="why-wrong" id={errorId(id)} role="alert">
          {[...new Set(rawErrors)].join(" ")}
        </div>
      )}
      {description && (
        <p class="description" id={descriptionId(id)}>
          {description}
        </p>
      )}
    </div>
  );
}

/** All the fields: those with an effect, and the others folded away. */
export function FieldsTemplate({ properties }: ObjectFieldTemplateProps) {
  const context = useContext(ModelFormContext) as FormContext;
  const { withoutEffect } = context;
  const isFolded = ({ name }: { readonly name: string }) => Object.hasOwn(withoutEffect, name);
  const folded = properties.filter(isFolded);
  return (
    <>
      {properties.filter((property) => !isFolded(property)).map(({ content }) => content)}
      {folded.length > 0 && (
        <details class="fold">
          <summary>
            {folded.length} without effect on this model{" "}
            <span class="soft">({folded.map(({ name }) => titleOf(context, name)).join(", ")})</span>
          </summary>
          {folded.map(({ content }) => content)}
        </details>
      )}
    </>
  );
}

/** A list of values: each can be taken away, and more be added. */
export function ListTemplate({ items, canAdd, onAddClick, fieldPathId, title, disabled, readonly }: ArrayFieldTemplateProps) {
  return (
    <fieldset class="list" aria-label={title}>
      {items}
      {items.length === 0 && <p class="soft">Nothing here yet.</p>}
      {canAdd && (
        <button type="button" class="small" id={`${fieldPathId.$id}-add`} disabled={disabled || readonly} onClick={onAddClick}>
          Add
        </button>
      )}
    </fieldset>
  );
}

/** One value of a list. */
export function ListItemTemplate({ children, buttonsProps, index }: ArrayFieldItemTemplateProps) {
  const { hasRemove, onRemoveItem, disabled, readonly } = buttonsProps;
  return (
    <div class="item">
      {children}
      {hasRemove && (
        <button type="button" class="small" disabled={disabled || readonly} aria-label={`Remove ${index + 1}`} onClick={onRemoveItem}>
          Remove
        </button>
      )}
    </div>
  );
}

/** Nothing: another part shows it. */
export function Nothing() {
  return null;
}

function titleOf(context: FormContext, name: string): string {
  return context.schema.properties[name]?.title ?? name;
}
