import { expect, test } from "vitest";
import { startOtlpReceiver } from "@/e2e/support/otlp-receiver";
import { createLangfuseApi } from "./langfuse-api";

test("an answer without an end is left, and is not Langfuse's", async () => {
  const receiver = await startOtlpReceiver();
  const api = createLangfuseApi({ ...receiver, host: receiver.url });
  const ask = () => api.call({ method: "GET", path: "/api/public/health", timeoutMs: 60_000 });
  receiver.setFault({ kind: "huge", bytes: 40 * 1024 * 1024 }, "all");
  expect(await ask()).toMatchObject({ kind: "answered", status: 200, isJson: false, body: null });
  expect(api.healthy()).toBe(false);
  receiver.setFault({ kind: "huge", bytes: 1024 * 1024 }, "all");
  expect(await ask()).toMatchObject({ kind: "answered", isJson: true, body: { data: expect.any(Array) } });
  receiver.setFault(null);
  expect(await ask()).toMatchObject({ body: { version: receiver.version } });
  expect(api.healthy()).toBe(true);
  await receiver.close();
});
