import type { StagedRun } from "../client/staged-run.ts";
import { type BuiltInModel, registry } from "../models/registry.ts";
import { type SampleRoom, sampleRooms } from "./sample-rooms.ts";

/** One staging of the demo. */
export interface DemoJob {
  readonly room: SampleRoom;
  readonly model: BuiltInModel;
}

/** What came of a job: a run with its files, or why there is none. */
export interface DemoResult {
  readonly job: DemoJob;
  readonly run?: StagedRun;
  /** Absolute, or relative to the working directory. */
  readonly files: readonly string[];
  readonly modelDurationMs: number | null;
  readonly error?: unknown;
}

/** Every sample room with every model that can stage it. */
export function toDemoJobs(): readonly DemoJob[] {
  const models = registry.list().filter(({ capabilities, lifecycle }) => capabilities.takesPhoto && lifecycle.status === "active");
  return sampleRooms.flatMap((room) => models.map((model) => ({ room, model })));
}

/** A sample room's name for people: `Sunny living room`. */
export function toTitle({ name }: SampleRoom): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
