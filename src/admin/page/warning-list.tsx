import type { Warning } from "../../model/warning.ts";

interface WarningListProps {
  readonly warnings: readonly Warning[];
  titleOf(field: string): string;
}

/** What one should know of values that are used all the same. */
export function WarningList({ warnings, titleOf }: WarningListProps) {
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings">
      {warnings.map(({ field, code, reason, wayOut, severity }) => (
        <li key={`${field} ${code}`} class={severity}>
          <strong>{titleOf(field)}.</strong> {reason}. {wayOut}.
        </li>
      ))}
    </ul>
  );
}
