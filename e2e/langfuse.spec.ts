import { type RunRecord, runRecordSchema } from "@/lib/domain/run-record";
import { fromSpans } from "@/lib/observability/from-spans";
import { startApp } from "./support/app-server";
import { type Client, createClient } from "./support/ask";
import { expect, test } from "./support/fixtures";
import { startModelServer, USAGE } from "./support/model-server";
import { type OtlpReceiver, startOtlpReceiver } from "./support/otlp-receiver";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const QUESTION = { message: "How long is debug data kept?", kb_prefix: "sidetrace" };
const traceId = (requestId: string) => requestId.replaceAll("-", "");

function connected(receiver: OtlpReceiver, settings: Record<string, string> = {}) {
  const keys = { LANGFUSE_PUBLIC_KEY: receiver.publicKey, LANGFUSE_SECRET_KEY: receiver.secretKey };
  return startApp({ LANGFUSE_ENABLED: "true", LANGFUSE_HOST: receiver.url, ...keys, ...settings });
}

async function recordOf(client: Client, requestId: string): Promise<RunRecord> {
  return runRecordSchema.parse(await (await client.fetch(`/api/debug/${requestId}?view=record`)).json());
}

async function received(receiver: OtlpReceiver, requestId: string) {
  await expect.poll(() => receiver.trace(traceId(requestId))?.name, { timeout: 20_000 }).toBe("rag_chat");
  const trace = receiver.trace(traceId(requestId));
  if (!trace) throw new Error("no trace");
  return trace;
}

test("one request is one trace with the exact id, the same spans and the same numbers as the record", async () => {
  await using model = await startModelServer({ pieces: ["An hour. ", "[1]"] });
  const receiver = await startOtlpReceiver();
  await using app = await connected(receiver, { OPENAI_BASE_URL: model.url, CHAT_MODEL: "gpt-4o-mini" });
  const client = createClient(app.url);
  const { requestId } = await client.answer(QUESTION);
  const trace = await received(receiver, requestId);
  const record = await recordOf(client, requestId);
  expect(trace.observations.map(({ id }) => id).toSorted()).toEqual(
    record.spans.map(({ span_id }) => span_id).toSorted(),
  );
  expect(trace.observations.filter(({ parentObservationId }) => parentObservationId === null)).toHaveLength(
    1,
  );
  expect(trace).toMatchObject({
    sessionId: record.session_id,
    tags: expect.arrayContaining(["kb:sidetrace"]),
  });
  expect(trace.metadata).toMatchObject({
    request_id: requestId,
    kb_prefix: "sidetrace",
    message: QUESTION.message,
  });
  const generation = trace.observations.find(({ type }) => type === "generation");
  expect(generation).toMatchObject({ name: "llm_generation", model: "gpt-4o-mini" });
  expect(record.generations[0]).toMatchObject({ usage: USAGE, usage_source: "provider" });
  expect(Object.values(generation?.usageDetails ?? {})).toContain(USAGE.total_tokens);
  expect(record.generations[0]?.cost_usd).toBeGreaterThan(0);
  const back = fromSpans(trace, record.trace);
  // How far citations are supported is found out after the end; it goes to Langfuse as a score.
  const citations = record.citations.map(({ evidence: _, ...citation }) => ({ ...citation, support: null }));
  // The title of a conversation is made after its first answer, in a trace of its own.
  const generations = record.generations.filter(({ purpose }) => purpose !== "title");
  expect({ ...back, execution_log: [] }).toEqual({
    ...record,
    citations,
    generations,
    execution_log: [],
    feedback: back?.feedback ?? null,
  });
  await receiver.close();
});

test("the link knows its state: no address before Langfuse shows the trace, the exact one after", async ({
  page,
}) => {
  const receiver = await startOtlpReceiver();
  receiver.setHidden(true);
  await using app = await connected(receiver);
  await openAsDeveloper(page, app.url);
  await askInPage(page, QUESTION.message);
  await untilAnswered(page);
  await page.keyboard.press("Control+.");
  await expect(page.getByText("Ingesting…")).toBeVisible();
  await expect(page.getByRole("link", { name: /Open in Langfuse/ })).toHaveCount(0);
  receiver.setHidden(false);
  const link = page.getByRole("link", { name: /Open in Langfuse/ });
  await expect(link).toBeVisible({ timeout: 30_000 });
  const requestId = new URL(page.url()).searchParams.get("debug") ?? "";
  expect(await link.getAttribute("href")).toBe(
    `${receiver.url}/project/${receiver.projectId}/traces/${traceId(requestId)}`,
  );
  await receiver.close();
});

test("a stopped and a failed answer are traces too, with their level", async () => {
  await using model = await startModelServer({
    pieces: ["Half", " more"],
    holdAt: { index: 1, until: new Promise<void>(() => {}) },
  });
  const receiver = await startOtlpReceiver();
  await using app = await connected(receiver, { OPENAI_BASE_URL: model.url });
  const client = createClient(app.url);
  const { response, frames } = await client.ask(QUESTION);
  const stopped = response.headers.get("x-request-id") ?? "";
  for await (const { frame } of frames) {
    if (frame.status === "token") await client.fetch(`/api/chat/${stopped}/stop`, { method: "POST" });
  }
  model.script({ status: 401 });
  const failed = await client.answer(QUESTION);
  const levelOf = async (requestId: string) => {
    const trace = await received(receiver, requestId);
    return trace.observations.find(({ name }) => name === "llm_generation")?.level;
  };
  expect(await levelOf(stopped)).toBe("WARNING");
  expect(await levelOf(failed.requestId)).toBe("ERROR");
  await receiver.close();
});

test("a vote becomes a score, a new one replaces it, and taking it back deletes it", async () => {
  const receiver = await startOtlpReceiver();
  await using app = await connected(receiver);
  const client = createClient(app.url);
  const { requestId } = await client.answer(QUESTION);
  const vote = async (value: "up" | "down" | null) => {
    const response = await client.fetch("/api/feedback", {
      method: "POST",
      body: JSON.stringify({
        request_id: requestId,
        value,
        ...(value === "down" && { comment: "Not this." }),
      }),
      headers: { "content-type": "application/json" },
    });
    return response.json();
  };
  const id = `${traceId(requestId)}-user_feedback`;
  expect(await vote("up")).toMatchObject({
    status: "recorded",
    langfuse: expect.stringMatching(/sent|queued/),
  });
  await expect.poll(() => receiver.scores().get(id)?.value).toBe(1);
  await vote("down");
  await expect.poll(() => receiver.scores().get(id)?.value).toBe(0);
  await vote(null);
  await expect.poll(() => receiver.scores().has(id)).toBe(false);
  expect((await recordOf(client, requestId)).feedback).toBeNull();
  await receiver.close();
});

test("Langfuse hanging, refusing or failing changes no answer, and the sidebar says why", async () => {
  const receiver = await startOtlpReceiver();
  await using app = await connected(receiver);
  const client = createClient(app.url);
  for (const fault of [{ kind: "hang" }, { kind: "status", status: 401 }, { kind: "garbage" }] as const) {
    receiver.setFault(fault, "all");
    const started = Date.now();
    const { frames } = await client.answer(QUESTION);
    expect(Date.now() - started).toBeLessThan(5000);
    expect(frames.at(-1)).toMatchObject({ status: "done", finish_reason: "stop" });
  }
  receiver.setFault({ kind: "status", status: 401 }, "all");
  const { requestId } = await client.answer(QUESTION);
  await expect
    .poll(async () => (await recordOf(client, requestId)).trace, { timeout: 30_000 })
    .toMatchObject({ state: "failed", url: null, reason: expect.stringContaining("401") });
  receiver.setFault(null);
  const next = await client.answer(QUESTION);
  await received(receiver, next.requestId);
  await receiver.close();
});

test("without keys Langfuse is off, with one line in the log, and chat works", async () => {
  await using app = await startApp({ LANGFUSE_ENABLED: "true" });
  const client = createClient(app.url);
  const { requestId } = await client.answer(QUESTION);
  expect((await recordOf(client, requestId)).trace.state).toBe("disabled");
  expect(app.output().match(/LANGFUSE/g)?.length ?? 0).toBeGreaterThan(0);
});
