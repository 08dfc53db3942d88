import type { Call } from "./call.ts";
import type { SimulatorParts } from "./simulator-parts.ts";

/**
 * Answers one kind of request.
 * @throws {Refusal} with the answer that says what is wrong.
 */
export type Endpoint = (call: Call, parts: SimulatorParts) => Promise<Response> | Response;
