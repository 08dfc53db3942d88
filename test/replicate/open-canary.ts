import { type AddressInfo, createServer } from "node:net";
import { onTestFinished } from "vitest";

/** A TCP server on every address of this machine that counts who comes; closed with the test. */
export async function openCanary(): Promise<{ readonly port: number; readonly connections: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => undefined).destroy();
  });
  // Both families where there are two.
  await listen("::").catch(() => listen("0.0.0.0"));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, connections: () => connections };

  function listen(host: string): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once("error", reject).listen(0, host, resolve);
    });
  }
}
