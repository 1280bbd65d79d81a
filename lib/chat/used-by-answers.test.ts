import { describe, expect, it } from "vitest";
import type { CallCost } from "@/lib/domain/usage";
import { createStreamSlots } from "@/lib/security/stream-slots";
import { BROWSER, readAll, startService } from "./chat-service.fixture";
import { saying, scriptedModel } from "./pipeline.fixture";

const request = { message: "How do keys rotate?", kb_prefix: "auto", agent_type: "auto" } as const;
const who = { browserId: BROWSER, recorded: true };
const signal = () => new AbortController().signal;

describe("the place of an answer", () => {
  it("is taken while it is made, and free when it has ended", async () => {
    const { service } = startService({ slots: createStreamSlots({ perBrowser: 1, all: 0 }) });
    const first = await service.start(request, who, signal());
    await expect(service.start(request, who, signal())).rejects.toMatchObject({ code: "rate_limited" });
    await readAll(first.frames);
    await service.drain(1000);
    expect(first.requestId).toBeTruthy();
  });

  it("comes back after the end, and after a start that was refused", async () => {
    const slots = createStreamSlots({ perBrowser: 1, all: 1 });
    const { service } = startService({ slots });
    const unknown = { ...request, kb_prefix: "unknown" };
    await expect(service.start(unknown, who, signal())).rejects.toMatchObject({ code: "invalid_request" });
    for (let n = 0; n < 3; n += 1) {
      const { frames, requestId } = await service.start(request, who, signal());
      await readAll(frames);
      while (service.isLive(requestId)) await new Promise((resolve) => setImmediate(resolve));
    }
  });
});

it("every call of a model is told with what it took: the answer, the title and the check of citations", async () => {
  const judged = JSON.stringify({ judgements: [{ i: 0, support: 1, reason: "" }], title: "Keys" });
  const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };
  const model = scriptedModel(saying("Keys rotate in place. [1]"), {
    extractive: false,
    completeJson: async () => ({ text: judged, usage, model: "test-model" }),
  });
  const { service } = startService({ model, supportCheck: "model" });
  const calls: CallCost[] = [];
  const onCall = (call: CallCost) => calls.push(call);
  const { frames } = await service.start(request, { ...who, onCall }, signal());
  await readAll(frames);
  await service.drain(5000);
  const tokens = calls.map((call) => call.usage?.total_tokens);
  expect(tokens).toContain(101);
  expect(tokens.filter((total) => total === 7).length).toBeGreaterThanOrEqual(2);
  expect(calls.every(({ cost_usd }) => cost_usd === 0.5)).toBe(true);
});
