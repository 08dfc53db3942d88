import type { FaultKind } from "../fault-kind.ts";
import type { ProxyFault } from "../proxy.ts";

const reset = (when: "before_read" | "after_read" | "after_accept" | "mid_body", title: string): FaultKind => ({
  name: `reset-${when.replaceAll("_", "-")}`,
  title: `reset ${title}`,
  needs: "http",
  strikes: ["create"],
  created: when === "after_accept" || when === "mid_body" ? "yes" : "no",
  arrange: (world) => world.strike({ on: "create", kind: "reset", when }),
});

const wire = (name: string, title: string, fault: ProxyFault, created: FaultKind["created"], share?: number): FaultKind => ({
  name,
  title,
  needs: "http",
  strikes: ["create"],
  created,
  arrange: (world) => world.cut("create", fault, share),
});

/** Connections that break, stall or never come about. */
export const connectionKinds: readonly FaultKind[] = [
  reset("before_read", "before anything was read"),
  reset("after_read", "after the body was read, nothing created"),
  reset("after_accept", "after the create was accepted"),
  reset("mid_body", "in the middle of the answer"),
  wire("wire-reset-unsent", "wire: reset before anything went upstream", { how: "reset", when: "before_upstream" }, "no"),
  wire("wire-reset-half-sent", "wire: reset half-way through the request", { how: "reset", when: "half_sent" }, "no"),
  wire("wire-reset-sent", "wire: reset, the answer is swallowed", { how: "reset", when: "answered" }, "yes"),
  wire("wire-late-arrival", "wire: reset, the create arrives 60 ms later", { how: "late", delayMs: 60 }, "yes"),
  wire("wire-half-open", "wire: closed without an answer", { how: "close", when: "answered" }, "yes"),
  wire("wire-headers-only", "wire: the answer's headers, then silence", { how: "stall", when: "headers" }, "yes", 0.2),
  wire("black-hole", "wire: silence, nothing went upstream", { how: "stall", when: "before_upstream" }, "no", 0.2),
  wire("black-hole-created", "wire: silence, the create went upstream", { how: "stall", when: "answered" }, "yes", 0.2),
  {
    name: "refused",
    title: "the connection is refused, again and again",
    needs: "http",
    // Whoever is refused knows that nothing was created, and lists nothing.
    strikes: ["create", "get", "upload"],
    created: "no",
    async arrange({ proxy, refuse, every }) {
      await refuse();
      let isUp = false;
      every(60, () => {
        isUp = !isUp;
        return isUp ? proxy.listen() : refuse();
      });
    },
  },
];
