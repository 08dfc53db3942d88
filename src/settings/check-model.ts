import { ModelUnavailableError } from "../errors/model-unavailable-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { ConfigDocument } from "./config-store.ts";

/**
 * Lets a model pass that can stage photos. `chosenBy` is the stored setting that chose it, if one did.
 * @throws {ModelUnavailableError} when it is retired, or takes no photo where one is needed.
 */
export function checkModel({ id, capabilities, lifecycle }: AnyModel, chosenBy: ConfigDocument | undefined, isPhotoNeeded = true): void {
  const messages: string[] = [];
  const isRetired = lifecycle.status === "retired";
  const lacksPhoto = !capabilities.takesPhoto && (isPhotoNeeded || isRetired);
  if (lacksPhoto) messages.push("takes no photo (text-to-image only)");
  if (isRetired) {
    const { since, reason, replacement } = lifecycle;
    messages.push(`was retired on ${since}: ${reason}${replacement === undefined ? "" : `; use ${replacement}`}`);
  }
  if (messages.length === 0) return;
  throw new ModelUnavailableError({
    modelId: id,
    reason: lacksPhoto ? "takes_no_photo" : "retired",
    problems: messages.map((message) => ({ field: "modelId", message })),
    key: chosenBy?.key,
  });
}
