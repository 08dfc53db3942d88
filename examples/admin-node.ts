// The admin API and its page on Node's own server.
import { createServer } from "node:http";
import { toNodeListener } from "restage/admin";
import { handle } from "./admin-handler.ts";

export const server = createServer(toNodeListener(handle));
