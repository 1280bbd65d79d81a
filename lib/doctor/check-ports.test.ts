import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "@/lib/store/free-port";
import { checkPorts } from "./check-ports";

const HOST = "127.0.0.1";

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe("the doctor at the port", () => {
  it("finds a free one free, and leaves it so", async () => {
    const PORT = await freePort();
    for (const _ of [1, 2])
      expect(await checkPorts({ HOST, PORT })).toMatchObject({ state: "ok", message: `${PORT} is free` });
  });

  it("tells Sidetrace from another program on it", async () => {
    const ready = { status: "degraded", checks: { debug_store: {}, langfuse: {}, llm: {}, index: {} } };
    const ours = await listen((_, response) => response.writeHead(503).end(JSON.stringify(ready)));
    expect(await checkPorts({ HOST, PORT: ours })).toMatchObject({
      state: "ok",
      message: expect.stringContaining("Sidetrace"),
    });
    const other = await listen((_, response) => response.end("<title>Grafana</title>"));
    expect(await checkPorts({ HOST, PORT: other })).toMatchObject({
      state: "fail",
      todo: expect.stringContaining("PORT"),
    });
  });

  it("tells an address that is not this machine's", async () => {
    const finding = await checkPorts({ HOST: "192.0.2.1", PORT: await freePort() });
    expect(finding).toMatchObject({ state: "fail", message: expect.stringContaining("HOST") });
  });
});
