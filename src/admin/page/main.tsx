import { render } from "preact";
import { App } from "./app.tsx";
import "./style.css";
import { takeToken } from "./token.ts";

takeToken();
const root = document.getElementById("page");
if (root !== null) render(<App />, root);
