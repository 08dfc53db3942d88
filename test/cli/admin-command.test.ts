import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import { recordTerminal } from "./record-terminal.ts";
import { runCli } from "./run-cli.ts";

const model = "models/qwen/qwen-image-edit/config";

describe("restage admin", () => {
  it("serves the page and the stored settings to whoever has its address, and ends at once", { timeout: 60_000 }, async () => {
    const cwd = await mkdtemp(join(tmpdir(), "restage-admin-"));
    onTestFinished(() => rm(cwd, { recursive: true }));
    const answers: unknown[] = [];

    /** Asks what was printed, once it is there, and ends the command. */
    async function look(text: string, end: () => void): Promise<void> {
      try {
        const { address } = JSON.parse(text);
        const [page = "", token = ""] = address.split("#token=");
        const authorization = { authorization: `Bearer ${token}` };
        const put = (headers: Readonly<Record<string, string>>) =>
          fetch(`${page}${model}`, {
            method: "PUT",
            headers: { "content-type": "application/json", "if-match": '"1"', ...headers },
            body: '{"values":{"output_quality":70},"note":"a look"}',
          });
        const read = (path: string) => fetch(page + path, { headers: authorization }).then((answer) => answer.json());
        answers.push(new URL(page).hostname, (await fetch(`${page}models`)).status, (await put({})).status);
        answers.push((await put({ authorization: "Bearer guessed" })).status);
        answers.push((await put({ ...authorization, origin: "http://127.0.0.1:1" })).status);
        answers.push((await put(authorization)).status, (await read("features")).canTry);
        answers.push((await read(`${model}/history`)).versions[0].author.name);
      } catch (error) {
        answers.push(error);
      } finally {
        end();
      }
    }

    const words = ["admin", "--json", "--simulate", "--author", "Ada Lovelace"];
    let isAsked = false;
    const { code, stderr } = await runCli(words, {
      cwd,
      onStart: (child) => {
        let printed = "";
        child.stdout?.on("data", (text: string) => {
          printed += text;
          if (isAsked || !printed.trimEnd().endsWith("}")) return;
          isAsked = true;
          look(printed, () => child.kill("SIGTERM"));
        });
      },
    });
    expect(answers).toEqual(["127.0.0.1", 401, 403, 401, 403, 200, true, "Ada Lovelace"]);
    expect(stderr).toContain("Settings and runs: .restage (PGlite). Photos are tried on the simulator. Ctrl-C ends it.");
    expect(code).toBe(0);
  });

  it("takes a port that is one", async () => {
    for (const port of ["0", "70000", "http"]) {
      const terminal = recordTerminal();
      expect(await runCommandLine(["admin", "--port", port], terminal)).toBe(2);
      expect(terminal.noted.join("\n")).toContain(`--port must be 1 to 65535, not ${JSON.stringify(port)}`);
    }
  });
});
