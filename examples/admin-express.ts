// The admin API and its page in Express 5.
import express from "express";
import { toNodeListener } from "restage/admin";
import { handle } from "./admin-handler.ts";

export const app = express();
app.use("/admin", toNodeListener(handle));
app.use(express.json()); // behind it, so that its limit on bodies does not hold for photos that are tried
