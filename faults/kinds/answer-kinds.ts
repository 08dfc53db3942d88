import type { FaultKind } from "../fault-kind.ts";
import type { StrikeRule } from "../fault-world.ts";

type AnswerFault = StrikeRule extends infer Rule ? (Rule extends StrikeRule ? Omit<Rule, "on"> : never) : never;

const answer = (name: string, title: string, created: "yes" | "no", fault: AnswerFault, share?: number): FaultKind => ({
  name,
  title,
  needs: "http",
  strikes: ["create"],
  created,
  arrange: (world) => world.strike({ on: "create", ...fault } as StrikeRule, share),
});

const both = (name: string, title: string, toFault: (accepted: boolean) => AnswerFault, share?: number): readonly FaultKind[] => [
  answer(name, `${title}, nothing created`, "no", toFault(false), share),
  answer(`${name}-created`, `${title}, created all the same`, "yes", toFault(true), share),
];

const status = (code: number) => both(`status-${code}`, `HTTP ${code}`, (accepted) => ({ kind: "status", status: code, accepted }));

/** Answers that say something else than what happened, or nothing. */
export const answerKinds: readonly FaultKind[] = [
  ...[408, 421, 500, 502, 503].flatMap(status),
  ...both("redirect-307", "HTTP 307 to the same address", (accepted) => ({ kind: "redirect", status: 307, accepted })),
  ...both("proxy-page-403", "HTTP 403, the page of a proxy", (accepted) => ({ kind: "html", status: 403, accepted })),
  ...both("hang", "no answer, ever", (accepted) => ({ kind: "hang", accepted }), 0.2),
  answer("truncated", "the answer's JSON stops half-way", "yes", { kind: "truncate" }),
  answer("garbled", "the answer is noise", "yes", { kind: "garble" }),
  answer("other-shape", "the answer is JSON of another shape", "yes", { kind: "shape", body: { ok: true, data: [1, 2] } }),
  answer("id-with-slash", "the answer's id holds a slash", "yes", {
    kind: "rewrite",
    rewrite: (body) => ({ ...(body as object), id: "../predictions/else" }),
  }),
  answer("drip", "the answer comes in drops", "yes", { kind: "drip", chunkBytes: 64, everyMs: 5 }),
  answer("drip-too-slow", "the answer comes in drops, too slowly", "yes", { kind: "drip", chunkBytes: 8, everyMs: 20 }, 0.2),
  {
    name: "trouble-after-create",
    title: "everything but creates gets 500, 429, resets and noise",
    needs: "http",
    strikes: ["get", "output", "upload", "file"],
    created: "not struck",
    arrange({ strike }) {
      for (const on of ["get", "output", "upload", "file"] as const) {
        strike({ on, kind: "status", status: 500 }, 0.1);
        strike({ on, kind: "reset", when: "after_accept" }, 0.1);
        // Of an image that is shorter than it was made nobody can tell.
        if (on !== "output") strike({ on, kind: "truncate" }, 0.1);
        strike({ on, kind: "throttle", retryAfterSeconds: 0.02 }, 0.1);
      }
    },
  },
];
