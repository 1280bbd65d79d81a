import { describe, expect, it } from "vitest";
import {
  type Respond,
  sendAnswer,
  sendError,
  sendJson,
  startFaultServer,
} from "@/lib/llm/fault-server.fixture";
import { freePort } from "@/lib/store/free-port";
import { checkModels } from "./check-models";

async function examine(respond: Respond, changes: { EMBEDDING_MODEL?: string } = {}) {
  await using server = await startFaultServer(respond);
  const settings = { OPENAI_API_KEY: "sk-doctor", OPENAI_BASE_URL: server.baseUrl, CHAT_MODEL: "some-model" };
  const findings = await checkModels({ ...settings, ...changes }, { timeoutMs: 300 });
  expect(JSON.stringify(findings)).not.toMatch(/sk-doctor|127\.0\.0\.1|sk-secret|internal-host/);
  return { findings, chat: findings[0], requests: server.requests };
}

describe("the doctor at the models", () => {
  it("asks for one word and names the model that gave it", async () => {
    const { chat, requests } = await examine((response) => sendAnswer(response));
    expect(chat).toMatchObject({
      check: "model",
      state: "ok",
      message: expect.stringMatching(/^some-model answers/),
    });
    expect(requests).toHaveLength(1);
  });

  it("asks the embedding model too, where there is one", async () => {
    const vector = { object: "embedding", index: 0, embedding: [0.1, 0.2, 0.3] };
    const { findings } = await examine(
      (response, { url }) =>
        url.endsWith("/embeddings")
          ? sendJson(response, 200, { data: [vector], usage: { prompt_tokens: 1, total_tokens: 1 } })
          : sendAnswer(response),
      { EMBEDDING_MODEL: "some-embedding" },
    );
    expect(findings.map(({ check, state }) => [check, state])).toEqual([
      ["model", "ok"],
      ["embedding", "ok"],
    ]);
    expect(findings[1]?.message).toBe("some-embedding answers with 3 numbers a text");
  });

  it.each([
    [401, "OPENAI_API_KEY"],
    [404, "name of the model"],
  ])("tells from the status %s what to correct", async (status, todo) => {
    const { chat } = await examine((response) => sendError(response, status));
    expect(chat).toMatchObject({ state: "fail", todo: expect.stringContaining(todo) });
  });

  it("tells a model that is silent from one that is not there", async () => {
    const silent = await examine(() => {});
    expect(silent.chat).toMatchObject({
      state: "fail",
      todo: expect.stringContaining("MODEL_TIMEOUT_SECONDS"),
    });
    const OPENAI_BASE_URL = `http://127.0.0.1:${await freePort()}/v1`;
    const [absent] = await checkModels({ OPENAI_BASE_URL }, { timeoutMs: 300 });
    expect(absent).toMatchObject({ state: "fail", todo: expect.stringContaining("OPENAI_BASE_URL") });
  });

  it("is content with the offline model, without a call", async () => {
    expect(await checkModels({})).toMatchObject([{ check: "model", state: "ok" }]);
  });
});
