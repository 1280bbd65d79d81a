import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { type Respond, sendError, sendJson, startFaultServer } from "@/lib/llm/fault-server.fixture";
import { createOpenAiLanguageModel } from "@/lib/llm/openai-language-model";
import { openTripleTable } from "@/lib/retrieval/graph/triple-table";
import { connectLance } from "@/lib/retrieval/index/lance-table";
import type { IndexProgress } from "@/lib/retrieval/open-retrieval";
import { ask } from "@/lib/retrieval/testing/ask";
import { createWorkplace } from "@/lib/retrieval/testing/two-handbooks";
import { ended, openProcess, upload } from "./ingest.fixture";

const section = (name: string, text: string) => `## ${name}\n\n${text}\n\n`;
const wrench = (care: string) =>
  `# Tools\n\n${section("Place", "The zircon wrench hangs in the hall.")}${section("Care", care)}`;
const OIL = "Oil the zircon wrench in May.";
const WAX = "Wax the zircon wrench in June.";

/** A real model server, and a process that asks it for the triples of what is taken in. */
async function openWithModel(respond: Respond = answerTriples) {
  const stack = new AsyncDisposableStack();
  const place = stack.use(await createWorkplace());
  const server = stack.use(await startFaultServer(respond));
  const tripleModel = createOpenAiLanguageModel({
    apiKey: "k",
    baseUrl: server.baseUrl,
    defaultModel: "finder",
    timeoutMs: 20_000,
    sleep: async () => {},
  });
  const reports: IndexProgress[] = [];
  const onProgress = (progress: IndexProgress) => {
    if (progress.stage === "triples-missing") reports.push(progress);
  };
  const open = () => openProcess({ ...place, tripleModel, onProgress });
  const one = stack.use(await open());
  const database = await connectLance(join(place.dataDir, "index"));
  stack.defer(() => database.close());
  const table = await openTripleTable(database);
  const columns = ["kb_prefix", "document_id", "subject", "object", "origin"] as const;
  const stored = async () =>
    (await table.select({ columns })).toSorted((a, b) => a.object.localeCompare(b.object));
  const objects = async () => (await stored()).map(({ object }) => object);
  return {
    ...one,
    open,
    server,
    reports,
    stored,
    objects,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** One triple, whose object is the passage's text. */
const answerTriples: Respond = (response, { body }) => {
  const triples = [{ subject: "zircon wrench", predicate: "is in", object: textOf(body) }];
  sendCompletion(response, JSON.stringify({ triples }));
};

function sendCompletion(response: Parameters<Respond>[0], content: string): void {
  const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }];
  sendJson(response, 200, { model: "finder", choices, usage: null });
}

/** The passage's text in the request. */
function textOf(body: Record<string, unknown>): string {
  const messages = body.messages as { content: string }[];
  return JSON.parse(messages.at(-1)?.content ?? "{}").text;
}

const asked = ({ requests }: { requests: { body: Record<string, unknown> }[] }) =>
  requests.map(({ body }) => textOf(body)).toSorted();

describe("a job with a model that finds triples", () => {
  test("stores those of each passage in the stage index, and tells of them in no stage of their own", async () => {
    await using one = await openWithModel();
    const [job] = await upload(one.ingest, "lamp", { "wrench.md": wrench(OIL) });
    expect(job).toMatchObject({ state: "done", passages: 2 });
    expect(job?.stages.map(({ stage }) => stage)).toEqual(["parse", "chunk", "index"]);
    const facts = {
      kb_prefix: "lamp",
      document_id: job?.document_id,
      origin: "model",
      subject: "zircon wrench",
    };
    expect(await one.stored()).toEqual([
      { ...facts, object: OIL },
      { ...facts, object: "The zircon wrench hangs in the hall." },
    ]);
    expect(one.reports).toEqual([]);
  });

  test("lets the graph follow what the model found from one document to the other", async () => {
    const triplesIn: Record<string, object[]> = {
      [OIL]: [{ subject: "Tools", predicate: "was made by", object: "Korbel works" }],
      "A harbour town.": [{ subject: "Ostrand", predicate: "is home of", object: "Korbel works" }],
    };
    await using one = await openWithModel((response, { body }) =>
      sendCompletion(response, JSON.stringify({ triples: triplesIn[textOf(body)] ?? [] })),
    );
    await upload(one.ingest, "lamp", {
      "wrench.md": wrench(OIL),
      "ostrand.md": "# Ostrand\n\nA harbour town.\n",
    });
    // The graph is made anew in the background.
    await expect
      .poll(async () => {
        const found = await ask(one, "graph_agent", "Korbel works", "lamp");
        return found
          .slice(0, 2)
          .map(({ passage }) => passage.text)
          .toSorted();
      })
      .toEqual(["A harbour town.", OIL]);
  });

  test("shows how many passages were asked about while it runs", async () => {
    const gate = Promise.withResolvers<void>();
    const seen = Promise.withResolvers<void>();
    await using one = await openWithModel(async (response, request, attempt) => {
      if (attempt === 2) seen.resolve();
      if (textOf(request.body) === OIL) await gate.promise;
      answerTriples(response, request, attempt);
    });
    const jobs = await one.ingest.upload("lamp", (take) =>
      take({ name: "wrench.md", content: Readable.from([wrench(OIL)]) }),
    );
    await seen.promise;
    await expect
      .poll(() => one.ingest.job(jobs[0]?.job_id ?? ""), { timeout: 8000 })
      .toMatchObject({ state: "running", stage: "index", completed: 1, total: 2 });
    expect(await one.index.documents("lamp")).toHaveLength(3);
    gate.resolve();
    expect(await ended(one.ingest, jobs)).toMatchObject([{ state: "done" }]);
  });

  test("asks only for what is new when a document is replaced, for nothing when it is the same", async () => {
    await using one = await openWithModel();
    await upload(one.ingest, "lamp", { "wrench.md": wrench(OIL) });
    await upload(one.ingest, "lamp", { "wrench.md": wrench(OIL) });
    expect(one.server.requests).toHaveLength(2);
    const line = {
      document: "wrench.md",
      subject: "zircon wrench",
      predicate: "is kept by",
      object: "Imported",
    };
    await one.importTriples("lamp", JSON.stringify(line));
    await upload(one.ingest, "lamp", { "wrench.md": wrench(WAX) });
    expect(asked(one.server).at(-1)).toBe(WAX);
    expect(one.server.requests).toHaveLength(3);
    expect(await one.objects()).toEqual(["Imported", "The zircon wrench hangs in the hall.", WAX]);
  });

  test("asks for all of them again at a re-index, and a deleted document leaves none", async () => {
    let edition = 1;
    await using one = await openWithModel((response, { body }) => {
      const triples = [{ subject: "a", predicate: "b", object: `${textOf(body)} ${edition}` }];
      sendCompletion(response, JSON.stringify({ triples }));
    });
    const [job] = await upload(one.ingest, "lamp", { "wrench.md": wrench(OIL) });
    edition = 2;
    await ended(one.ingest, await one.ingest.reindex([{ kb_prefix: "lamp", name: "wrench.md" }]));
    expect(await one.objects()).toEqual([`${OIL} 2`, "The zircon wrench hangs in the hall. 2"]);
    const line = { document: "wrench.md", subject: "a", predicate: "b", object: "Imported" };
    await one.importTriples("lamp", JSON.stringify(line));
    await one.documents.remove(job?.document_id ?? "");
    expect(await one.stored()).toEqual([]);
  });

  test("indexes a document all the same when the model fails, and reports how much it lacks", async () => {
    await using one = await openWithModel((response) => sendError(response, 500));
    const [job] = await upload(one.ingest, "lamp", { "wrench.md": wrench(OIL) });
    expect(job).toMatchObject({ state: "done", passages: 2, error: null });
    expect(one.reports).toEqual([{ stage: "triples-missing", document_id: job?.document_id, passages: 2 }]);
    expect(await one.stored()).toEqual([]);
  });

  test("that is given back breaks its calls off, and the next process finishes it", async () => {
    const begun = Promise.withResolvers<void>();
    let hangs = true;
    await using one = await openWithModel((response, request, attempt) => {
      if (!hangs) return answerTriples(response, request, attempt);
      begun.resolve();
    });
    const jobs = await one.ingest.upload("lamp", (take) =>
      take({ name: "wrench.md", content: Readable.from([wrench(OIL)]) }),
    );
    await begun.promise;
    await one.close();
    for (const { cutByClient } of one.server.requests) expect(await cutByClient).toBe(true);
    hangs = false;
    await using next = await one.open();
    expect(await ended(next.ingest, jobs)).toMatchObject([{ state: "done", passages: 2 }]);
    expect(await one.objects()).toEqual([OIL, "The zircon wrench hangs in the hall."]);
  });
});
