import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import { findTextProblem } from "./find-text-problem.ts";

const maximumLength = 128;

/**
 * Gives back a project id that a key can hold: 1 to 128 characters without control characters and slashes.
 * @throws {InvalidSettingError} for any other.
 */
export function checkProjectId(projectId: string): string {
  const message = findProjectIdProblem(projectId);
  if (message !== undefined) throw new InvalidSettingError(`project/${String(projectId)}`, [{ field: "projectId", message }]);
  return projectId;
}

function findProjectIdProblem(projectId: string): string | undefined {
  if (projectId === "") return "is empty; leave it out to mean all projects";
  return findTextProblem(projectId, maximumLength) ?? (projectId.includes("/") ? "holds a slash; replace it" : undefined);
}
