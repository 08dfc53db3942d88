import { MissingPeerError } from "../errors/missing-peer-error.ts";

/**
 * The package sharp, loaded when a picture is first drawn or looked at.
 *
 * @throws {MissingPeerError} sharp is not installed.
 */
export async function loadSharp(neededFor: string): Promise<typeof import("sharp").default> {
  try {
    return (await import("sharp")).default;
  } catch (error) {
    throw new MissingPeerError("sharp", neededFor, error);
  }
}
