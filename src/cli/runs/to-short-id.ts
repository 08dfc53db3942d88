/** The beginning of a run's id, by which people name it: `run_5f0c1a2b`. An id of another kind stays whole. */
export function toShortId(id: string): string {
  return /^(run_[0-9a-f]{8})-[0-9a-f-]{27}$/.exec(id)?.[1] ?? id;
}
