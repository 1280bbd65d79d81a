import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createRedisClient } from "@/lib/store/redis-client";
import { readKey, scanKeys } from "@/lib/store/redis-keyspace";
import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { until } from "@/lib/store/until";
import { DEBUG_TOKEN, startApp } from "./support/app-server";
import { createClient } from "./support/ask";
import { createDocuments } from "./support/documents";
import { expect, test } from "./support/fixtures";
import { startModelServer } from "./support/model-server";
import { startOtlpReceiver } from "./support/otlp-receiver";
import { openAsDeveloper } from "./support/page";

const planted = (field: string) => `sk-planted-${field}-0123456789abcdef`;
const PLANTED = /sk-planted-\w+-0123456789abcdef/g;
/** What belongs to the person who asked, with the original: the conversation, the frames, and the names of own files. */
const OWNED = /^(chat|chats|answer|share):|:stream(-head)?$|^\{jobs\}:/;

/** An app with everything connected that could keep something, and all that is kept. */
async function startConnected(settings: Record<string, string>) {
  const redisServer = await startRedisTestServer();
  const langfuse = await startOtlpReceiver();
  const model = await startModelServer({ pieces: [`The answer is ${planted("answer")}. [1]`] });
  const app = await startApp({
    REDIS_URL: redisServer.url,
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: planted("apikey"),
    CHAT_MODEL: "gpt-4o-mini",
    LANGFUSE_ENABLED: "true",
    LANGFUSE_HOST: langfuse.url,
    LANGFUSE_PUBLIC_KEY: langfuse.publicKey,
    LANGFUSE_SECRET_KEY: langfuse.secretKey,
    LOG_LEVEL: "debug",
    ...settings,
  });
  const redis = createRedisClient(redisServer.url);
  async function kept() {
    const texts: string[] = [];
    for await (const keys of scanKeys(redis, "*"))
      for (const key of keys) if (!OWNED.test(key)) texts.push(JSON.stringify(await readKey(redis, key)));
    const { traces, spans, scores, datasets } = langfuse;
    const sent = JSON.stringify([traces(), spans(), [...scores().values()], [...datasets().items.values()]]);
    return { redis: texts.join("\n"), langfuse: sent, log: app.output() };
  }
  return {
    app,
    model,
    langfuse,
    kept,
    async [Symbol.asyncDispose]() {
      redis.close();
      await app[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
      await langfuse.close();
      await redisServer[Symbol.asyncDispose]();
    },
  };
}
type Connected = Awaited<ReturnType<typeof startConnected>>;

/** Everything that a person, a developer and an administrator may do, with a secret in all of it. */
async function live({ app, model, langfuse }: Connected): Promise<string> {
  const admin = createClient(app.url, "admin");
  const documents = createDocuments(admin);
  await documents.createBase("vault");
  const { jobs } = await documents.send("vault", {
    [`${planted("file")}.md`]: `# Vault ${planted("title")}\n\n## Zanzibar ${planted("heading")}\n\nThe vault of Zanzibar opens with ${planted("text")}.\n`,
    [`broken-${planted("brokenfile")}.pdf`]: `no pdf but ${planted("brokentext")}`,
  });
  await documents.ended(jobs);
  const asking = createClient(app.url, "admin");
  const session_id = "0190a2b3-0000-7000-8000-0000000000aa";
  const base = { kb_prefix: "vault", session_id };
  const { requestId } = await asking.answer({
    ...base,
    message: `How does Zanzibar open with ${planted("question")}?`,
  });
  await asking.answer({
    ...base,
    message: "And the vault?",
    overrides: { system_prompt: `Use ${planted("prompt")}.` },
  });
  model.script({ status: 400, refusal: `bad request ${planted("modelerror")}` });
  await asking.answer({ ...base, message: "Why does Zanzibar fail?" });
  const json = { "content-type": "application/json", "x-note": planted("header") };
  const post = (path: string, body: object) =>
    asking.fetch(path, { method: "POST", headers: json, body: JSON.stringify(body) });
  await post("/api/feedback", { request_id: requestId, value: "down", comment: `no ${planted("comment")}` });
  const dataset = { dataset: "d", create: true, expected_output: `say ${planted("expected")}` };
  await post(`/api/debug/${requestId}/dataset`, dataset);
  const record = await (await asking.fetch(`/api/debug/${requestId}?view=record`)).json();
  await post("/api/debug/import", { ...record, message: `imported ${planted("imported")}` });
  await post("/api/debug/import", { v: 1, [planted("importkey")]: planted("importvalue") });
  await asking.fetch(`/api/debug?q=${planted("url")}`);
  await asking.fetch(`/enter?token=${planted("token")}`, { redirect: "manual" });
  await fetch(`${app.url}/api/me`, { headers: { authorization: `Bearer ${planted("bearer")}` } });
  await until(() => langfuse.trace(requestId.replaceAll("-", "")) !== undefined, 20_000);
  await until(() => langfuse.scores().size > 0, 20_000);
  return requestId;
}

async function readByTool(url: string, requestId: string): Promise<string> {
  const client = new Client({ name: "e2e", version: "1.0.0" });
  const requestInit = { headers: { authorization: `Bearer ${DEBUG_TOKEN}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/api/mcp`), { requestInit }));
  const result = await client.callTool({ name: "get_run", arguments: { request_id: requestId } });
  await client.close();
  return JSON.stringify(result);
}

test("a secret in any field reaches neither Redis, nor Langfuse, nor the log, nor a tool", async () => {
  test.setTimeout(120_000);
  await using connected = await startConnected({
    REDACT_PATTERNS: '[{"name":"place","pattern":"Zanzi[a-z]+"}]',
  });
  const requestId = await live(connected);
  const kept = { ...(await connected.kept()), tool: await readByTool(connected.app.url, requestId) };
  for (const [place, text] of Object.entries(kept)) {
    expect([...new Set(text.match(PLANTED))], place).toEqual([]);
    expect(text, place).not.toContain("Zanzibar");
  }
  for (const [place, text] of Object.entries({ redis: kept.redis, langfuse: kept.langfuse, tool: kept.tool }))
    expect(text, place).toContain("How does ••• open with •••?");
});

test("without contents nothing that anybody wrote is kept, and the sidebar says so", async ({ page }) => {
  test.setTimeout(120_000);
  await using connected = await startConnected({ DEBUG_CONTENT: "off" });
  const requestId = await live(connected);
  const kept = { ...(await connected.kept()), tool: await readByTool(connected.app.url, requestId) };
  for (const [place, text] of Object.entries(kept)) {
    expect([...new Set(text.match(PLANTED))], place).toEqual([]);
    for (const word of ["Zanzibar", "vault of", "The answer", "system prompt"])
      expect(text, place).not.toContain(word);
  }
  for (const [lang, notice] of [
    ["en", "Contents are not kept here"],
    ["zh", "此处不保留内容"],
  ]) {
    await page.context().addCookies([{ name: "locale", value: lang ?? "", url: connected.app.url }]);
    await openAsDeveloper(page, connected.app.url);
    await page.goto(`${connected.app.url}/debug/${requestId}`);
    await expect(page.getByText(notice ?? "")).toBeVisible();
  }
});
