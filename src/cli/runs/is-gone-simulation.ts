import type { RunRecord } from "../../runs/run.ts";
import { simulatedGroup } from "../open-session.ts";
import { keepsInFolder } from "./keeps-in-folder.ts";

/** Whether a run is one of the simulator, which ended with its command. A database keeps none: a group of that name is a service's own. */
export function isGoneSimulation({ group }: Pick<RunRecord, "group">): boolean {
  return group === simulatedGroup && keepsInFolder();
}
