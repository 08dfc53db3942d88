/** Which settings are meant: a model's, or a project's of that model. */
export interface Scope {
  readonly modelId: string;
  readonly projectId: string | null;
}

/** Where a project's part of the API is. */
export function projectPath(projectId: string | null): string {
  return projectId === null ? "" : `projects/${encodeURIComponent(projectId)}/`;
}

/** Where the API has a model. */
export function modelPath(modelId: string): string {
  return `models/${modelId.split("/").map(encodeURIComponent).join("/")}`;
}

/** Where the API keeps the config of a model. */
export function configPath({ modelId, projectId }: Scope): string {
  return `${projectPath(projectId)}${modelPath(modelId)}/config`;
}

/** Where the API keeps the price of a model, which is the same for all projects. */
export function pricePath(modelId: string): string {
  return `${modelPath(modelId)}/price`;
}

/** Where the API keeps the choice of a model. */
export function activeModelPath(projectId: string | null): string {
  return projectId === null ? "settings/model" : `${projectPath(projectId)}model`;
}
