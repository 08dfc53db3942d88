// The admin API and its page in Fastify 5: in a hook that runs before bodies are parsed.
import fastify from "fastify";
import { toNodeListener } from "restage/admin";
import { handle } from "./admin-handler.ts";

const listener = toNodeListener(handle);

export const app = fastify();
app.all("/admin*", { onRequest: async (request, reply) => listener(request.raw, reply.hijack().raw) }, () => undefined);
