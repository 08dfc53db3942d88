/** An answer, and how the connection treats it. */
export interface Reply {
  readonly response: Response;
  readonly delivery: Delivery;
}

/** How an answer travels: whole, not at all, cut off half-way through its body, or in small pieces. */
export type Delivery =
  | { readonly how: "whole" }
  | { readonly how: "reset" }
  | { readonly how: "hang" }
  | { readonly how: "cut" }
  | { readonly how: "drip"; readonly chunkBytes: number; readonly everyMs: number };

/** An answer that arrives whole. */
export function whole(response: Response): Reply {
  return { response, delivery: { how: "whole" } };
}

/** No answer: the connection is reset, or stays silent. */
export function noAnswer(how: "reset" | "hang"): Reply {
  return { response: new Response(null), delivery: { how } };
}
