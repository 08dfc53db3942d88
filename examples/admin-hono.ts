// The admin API and its page in Hono. In front of a browser: @hono/node-server's serve(app), or any other of Hono's runtimes.
import { Hono } from "hono";
import { handle } from "./admin-handler.ts";

export const app = new Hono();
app.all("/admin/*", (context) => handle(context.req.raw));
