import type { AnyModel } from "../model/model.ts";
import { storedSchemas } from "./stored-values.ts";

/** The fields of a stored config that this release does not know; none where it has no readable shape. */
export function findStrays({ config: { fields } }: AnyModel, stored: unknown): readonly (readonly [name: string, value: unknown])[] {
  const { data } = storedSchemas().config.safeParse(stored);
  return Object.entries(data?.config ?? {}).filter(([name]) => !Object.hasOwn(fields, name));
}
