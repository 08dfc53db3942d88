export type { AdminHandlerOptions } from "./admin-handler-options.ts";
export { createAdminHandler } from "./create-admin-handler.ts";
export type { Authorize, Authorized, Permission } from "./permission.ts";
export { toNodeListener } from "./to-node-listener.ts";
