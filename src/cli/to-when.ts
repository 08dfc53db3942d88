/** A time of the books for people: `2026-11-21 22:06:12`, in UTC. */
export function toWhen(isoTime: string): string {
  return isoTime.slice(0, 19).replace("T", " ");
}
