import type { FormProperty } from "../../model/form-schema.ts";
import { Arrow } from "./arrow.tsx";
import type { Difference } from "./draft.ts";
import { valueText } from "./format.ts";

interface DifferenceListProps {
  readonly differences: readonly Difference[];
  readonly properties: Readonly<Record<string, FormProperty>>;
  /** What an inherited value is called. */
  readonly inheritedName: string;
}

/** What changes, field by field: before and after. */
export function DifferenceList({ differences, properties, inheritedName }: DifferenceListProps) {
  return (
    <ul class="differences">
      {differences.map(({ field, before, after, wasOwn, isOwn }) => (
        <li key={field}>
          <span class="what">{properties[field]?.title ?? field}</span>
          <span class="sides">
            <del>
              <span class="unseen">from </span>
              {valueText(before, properties[field])}
              {!wasOwn && <small> {inheritedName}</small>}
            </del>
            <Arrow />
            <ins>
              <span class="unseen">to </span>
              {valueText(after, properties[field])}
              {!isOwn && <small> {inheritedName}</small>}
            </ins>
          </span>
        </li>
      ))}
    </ul>
  );
}
