import type { AnyModel } from "../../model/model.ts";
import type { Style } from "../terminal.ts";

/** What is shown, whose it is, and where it is kept. */
export function toHeading({ name, id }: AnyModel, projectId: string | undefined, place: string, { bold, dim }: Style): string {
  return `${bold(name)} ${dim(id)} · ${projectId === undefined ? "global" : `project ${projectId}`} ${dim(`· ${place}`)}`;
}
