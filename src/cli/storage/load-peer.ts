import { MissingPeerError } from "../../errors/missing-peer-error.ts";

/**
 * An optional package, loaded where it is needed.
 * @throws {MissingPeerError} when it is not installed.
 */
export async function loadPeer<Module>(packageName: string, neededFor: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    throw new MissingPeerError(packageName, neededFor, error);
  }
}
