import type { ComponentChildren } from "preact";
import type { ModelRow } from "./api-types.ts";
import { sentence } from "./format.ts";
import { ModelFacts } from "./model-facts.tsx";
import { modelHref } from "./route.ts";

interface ModelCardProps {
  readonly model: ModelRow;
  /** What can be done with it. */
  readonly children: ComponentChildren;
}

/** A model in a few words, and the way to its settings. */
export function ModelCard({ model, children }: ModelCardProps) {
  const { modelId, displayName, description, lifecycle, isActive, refusal } = model;
  const href = modelHref({ modelId, projectId: null });
  return (
    <li class={isActive ? "card active" : "card"}>
      <div class="card-head">
        <h2>
          <a href={href}>{displayName}</a>
        </h2>
        {isActive && <span class="badge good">Active</span>}
        {lifecycle.status === "retired" && <span class="badge bad">Retired</span>}
      </div>
      <p class="id">{modelId}</p>
      <p class="about">{description}</p>
      <ModelFacts model={model} />
      {refusal !== null && <p class="refusal">{sentence(refusal)}</p>}
      <div class="actions">
        <a class="button" href={href} aria-label={`Settings of ${displayName}`}>
          Settings
        </a>
        {children}
      </div>
    </li>
  );
}
