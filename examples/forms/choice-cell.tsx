import { and, isOneOfEnumControl, isStringControl, type JsonFormsCellRendererRegistryEntry, not, rankWith } from "@jsonforms/core";
import { withJsonFormsCellProps } from "@jsonforms/react";

/** A list of options that are no text. The vanilla cells have none: theirs gives back text, and a checkbox cannot be unset. */
export const choiceCell: JsonFormsCellRendererRegistryEntry = {
  tester: rankWith(3, and(isOneOfEnumControl, not(isStringControl))),
  cell: withJsonFormsCellProps(({ id, data, schema: { oneOf = [] }, path, enabled, handleChange }) => (
    <select
      id={id}
      disabled={!enabled}
      value={oneOf.findIndex((option) => option.const === data)}
      onChange={({ target }) => handleChange(path, oneOf[Number(target.value)]?.const)}
    >
      <option value={-1}>None</option>
      {oneOf.map(({ title }, index) => (
        <option key={title} value={index}>
          {title}
        </option>
      ))}
    </select>
  )),
};
