import { checkProjectId } from "./check-project-id.ts";

/** The key of the document that chooses the active model. Its value is a model id. */
export function activeModelKey(projectId?: string): string {
  return toKey("active_model", projectId);
}

/** The key of the document that holds a model's config. Its value is `{ modelId, config }`. */
export function configKey(settingsKey: string, projectId?: string): string {
  return toKey(`model_config_${settingsKey}`, projectId);
}

/** The key of the document that pauses staging. Its value is `{ reason }`. */
export function pauseKey(projectId?: string): string {
  return toKey("pause", projectId);
}

// Only an absent project means all of them: a null by mistake must not change everybody's settings.
function toKey(name: string, projectId: string | undefined): string {
  return projectId === undefined ? name : `project/${checkProjectId(projectId)}/${name}`;
}
