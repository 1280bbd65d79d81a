import { documentPageSchema, passageItemSchema, passagePageSchema } from "@/lib/domain/document";
import { documentDetailSchema, jobListSchema } from "@/lib/domain/job";
import { zipBomb } from "@/lib/retrieval/parse/hostile-files.fixture";
import { docxHeading, docxText, sampleDocx } from "@/lib/retrieval/parse/sample-docx.fixture";
import { samplePdf, scannedPdf } from "@/lib/retrieval/parse/sample-pdf.fixture";
import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { startApp } from "./support/app-server";
import { createClient, textOf } from "./support/ask";
import { createDocuments } from "./support/documents";
import { expect, test } from "./support/fixtures";
import { startModelServer } from "./support/model-server";

const KETTLE = "# Zephyr kettle\n\nThe Zephyr kettle boils at 97 degrees because of its copper valve.\n";
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const json = (method: string, body: object) => ({
  method,
  body: JSON.stringify(body),
  headers: { "content-type": "application/json" },
});

test("files of several formats are indexed and cited; bad ones fail alone, each with a reason", async ({
  app,
}) => {
  test.setTimeout(120_000);
  const admin = createClient(app.url, "admin");
  const { createBase, send, ended, search } = createDocuments(admin);
  await createBase("formats");
  const { status, jobs } = await send("formats", {
    "kettle.md": KETTLE,
    "manuals/手册/toaster.docx": await sampleDocx([
      docxHeading(1, "Orbit toaster"),
      docxText("The Orbit toaster ejects bread after 140 seconds."),
    ]),
    "mixer.pdf": await samplePdf({
      content: [
        { text: "Gale mixer", size: 20 },
        { text: "The Gale mixer is serviced in Lisbon.", size: 12 },
        "page",
        { text: "Whisk", size: 20 },
        { text: "Its whisk is made of titanium.", size: 12 },
      ],
    }),
    "zero.md": "",
    "scan.pdf": await scannedPdf(),
    "locked.pdf": await samplePdf({ content: [{ text: "Hidden words.", size: 12 }], userPassword: "secret" }),
    "picture.pdf": PNG,
    "bomb.docx": zipBomb(),
    "broken.docx": "PK\u0003\u0004 not an archive",
    "program.exe": "MZ",
  });
  expect(status).toBe(202);
  const outcome = await ended(jobs);
  expect(outcome.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "kettle.md done",
    "manuals/手册/toaster.docx done",
    "mixer.pdf done",
    "zero.md failed",
    "scan.pdf failed",
    "locked.pdf failed",
    "picture.pdf failed",
    "bomb.docx failed",
    "broken.docx failed",
    "program.exe failed",
  ]);
  for (const { state, error, stages } of outcome) {
    if (state === "failed") expect(error).toMatch(/^[A-Z][^\n]+\.$/);
    else expect(stages.map(({ stage }) => stage)).toEqual(["parse", "chunk", "index"]);
  }
  const list = await (await admin.fetch("/api/knowledge-bases/formats/documents")).json();
  expect(documentPageSchema.parse(list).items.map(({ name }) => name)).toEqual([
    "kettle.md",
    "manuals/手册/toaster.docx",
    "mixer.pdf",
  ]);
  const { items } = jobListSchema.parse(await (await admin.fetch("/api/jobs?kb_prefix=formats")).json());
  expect(items.map(({ job_id }) => job_id)).toEqual(jobs.map(({ job_id }) => job_id).toReversed());

  expect((await search("formats", "copper valve"))[0]).toContain("97 degrees");
  expect((await search("formats", "eject bread"))[0]).toContain("140 seconds");
  const found = await (
    await admin.fetch("/api/search", json("POST", searchFor("formats", "titanium whisk")))
  ).json();
  const passage = await (await admin.fetch(`/api/passages/${found.results[0].passage_id}`)).json();
  expect(passage).toMatchObject({ page: 2, document: { name: "mixer.pdf" } });
  const { frames } = await admin.answer({
    message: "At how many degrees does the Zephyr kettle boil?",
    kb_prefix: "formats",
  });
  expect(textOf(frames)).toMatch(/97 degrees.*\[1\]/s);
  const sources = frames.find((frame) => frame.status === "sources");
  const first = expect.objectContaining({ n: 1, title: "Zephyr kettle" });
  expect(sources).toMatchObject({ content: expect.arrayContaining([first]) });
});

test("the same file again changes nothing, a changed one replaces it, a deleted one is gone", async ({
  app,
}) => {
  const admin = createClient(app.url, "admin");
  const { createBase, send, ended, search } = createDocuments(admin);
  await createBase("lifecycle");
  const upload = async (text: string) =>
    (await ended((await send("lifecycle", { "kettle.md": text })).jobs))[0];
  const first = await upload(KETTLE);
  expect(await upload(KETTLE)).toMatchObject({ unchanged: true, document_id: first?.document_id });
  const second = await upload(KETTLE.replace("97", "88"));
  expect(second).toMatchObject({ unchanged: false, document_id: first?.document_id });
  expect(await search("lifecycle", "kettle degrees")).toEqual([
    "The Zephyr kettle boils at 88 degrees because of its copper valve.",
  ]);
  const address = `/api/knowledge-bases/lifecycle/documents/${first?.document_id}`;
  const detail = documentDetailSchema.parse(await (await admin.fetch(address)).json());
  expect(detail).toMatchObject({ format: "markdown", pages: null, job: { job_id: second?.job_id } });
  expect((await admin.fetch(address, { method: "DELETE" })).status).toBe(204);
  expect(await search("lifecycle", "kettle degrees")).toEqual([]);
  expect((await admin.fetch(address)).status).toBe(404);
  expect((await admin.fetch(address, { method: "DELETE" })).status).toBe(404);
});

test("documents and passages are switched off one by one, and a re-index changes neither", async ({
  app,
}) => {
  const admin = createClient(app.url, "admin");
  const { createBase, send, ended, search } = createDocuments(admin);
  await createBase("switches");
  const text = `${KETTLE}\n## Care\n\nDescale the kettle with vinegar.\n`;
  const [job] = await ended((await send("switches", { "kettle.md": text })).jobs);
  const address = `/api/knowledge-bases/switches/documents/${job?.document_id}`;
  const pages = passagePageSchema.parse(await (await admin.fetch(`${address}/passages?limit=1`)).json());
  expect(pages).toMatchObject({ items: [{ position: 0, enabled: true, page: null }], next: "0" });
  const rest = await (await admin.fetch(`${address}/passages?before=${pages.next}`)).json();
  expect(passagePageSchema.parse(rest)).toMatchObject({
    items: [{ position: 1, heading: "Care" }],
    next: null,
  });

  const care = `/api/passages/${rest.items[0].passage_id}`;
  const off = await (await admin.fetch(care, json("PATCH", { enabled: false }))).json();
  expect(passageItemSchema.parse(off)).toMatchObject({ heading: "Care", enabled: false });
  expect(await search("switches", "vinegar")).toEqual([]);
  expect(await search("switches", "copper valve")).toHaveLength(1);

  const answer = await (await admin.fetch(address, json("PATCH", { enabled: false }))).json();
  expect(answer).toMatchObject({ document_id: job?.document_id, enabled: false });
  expect(await search("switches", "copper valve")).toEqual([]);
  const one = await (await admin.fetch(`${address}/reindex`, { method: "POST" })).json();
  await ended([{ ...one, name: "" }]);
  const all = await (await admin.fetch("/api/knowledge-bases/switches/reindex", { method: "POST" })).json();
  await ended(all.jobs);
  expect(await search("switches", "copper valve")).toEqual([]);
  await admin.fetch(address, json("PATCH", { enabled: true }));
  expect(await search("switches", "copper valve")).toHaveLength(1);
  expect(await search("switches", "vinegar")).toEqual([]);
  await admin.fetch(care, json("PATCH", { enabled: true }));
  expect(await search("switches", "vinegar")).toHaveLength(1);
});

test("requests that cannot be taken are refused whole, in the shape of every error", async ({ app }) => {
  const admin = createClient(app.url, "admin");
  const { createBase, send } = createDocuments(admin);
  await createBase("refusals");
  const statusOf = async (files: Record<string, string | Uint8Array>) =>
    (await send("refusals", files)).status;
  expect(await statusOf({ "a.exe": "x" })).toBe(415);
  expect(await statusOf({ "a.txt": new Uint8Array(20 * 1024 * 1024 + 1).fill(97) })).toBe(413);
  expect(await statusOf({})).toBe(400);
  expect(await statusOf({ "../../a.md": "x" })).toBe(400);
  const many = Object.fromEntries([...Array(201).keys()].map((n) => [`${n}.md`, "x"]));
  expect(await statusOf(many)).toBe(413);
  const wrong = await admin.fetch("/api/knowledge-bases/refusals/documents", json("POST", {}));
  expect([wrong.status, (await wrong.json()).error.code]).toEqual([415, "unsupported_media_type"]);
  const { items } = await (await admin.fetch("/api/jobs?kb_prefix=refusals")).json();
  expect(items).toEqual([]);
});

test("only administrators come near documents and jobs, and hear nothing of what is there", async ({
  app,
}) => {
  const admin = createClient(app.url, "admin");
  const { createBase, send, ended } = createDocuments(admin);
  await createBase("guarded");
  const [job] = await ended((await send("guarded", { "kettle.md": KETTLE })).jobs);
  const document = `/api/knowledge-bases/guarded/documents/${job?.document_id}`;
  const { items } = await (await admin.fetch(`${document}/passages`)).json();
  const requests: [string, string][] = [
    ["POST", "/api/knowledge-bases/guarded/documents"],
    ["POST", "/api/knowledge-bases/nowhere/documents"],
    ["POST", "/api/knowledge-bases/guarded/reindex"],
    ["GET", document],
    ["GET", "/api/knowledge-bases/guarded/documents/d0"],
    ["PATCH", document],
    ["DELETE", document],
    ["POST", `${document}/reindex`],
    ["GET", `${document}/passages`],
    ["PATCH", `/api/passages/${items[0].passage_id}`],
    ["PATCH", "/api/passages/p0"],
    ["GET", "/api/jobs"],
    ["GET", `/api/jobs/${job?.job_id}`],
    ["GET", "/api/jobs/nonsense"],
    ["POST", `/api/jobs/${job?.job_id}/retry`],
  ];
  for (const role of ["user", "debug"] as const) {
    const client = createClient(app.url, role);
    for (const [method, path] of requests) {
      const init = method === "PATCH" ? json(method, { enabled: false }) : { method };
      expect([role, method, path, (await client.fetch(path, init)).status]).toEqual([
        role,
        method,
        path,
        403,
      ]);
    }
  }
  for (const path of ["/api/jobs/nonsense", `/api/jobs/${crypto.randomUUID()}`, "/api/jobs/nonsense/x"])
    expect((await admin.fetch(path)).status).toBe(404);
  const elsewhere = document.replace("guarded", "sidetrace");
  expect((await admin.fetch(elsewhere)).status).toBe(404);
  expect((await admin.fetch(document, json("PATCH", { enabled: false, name: "x" }))).status).toBe(400);
  expect((await admin.fetch(`/api/jobs/${job?.job_id}/retry`, { method: "POST" })).status).toBe(409);
});

for (const place of ["SQLite", "Redis"] as const) {
  test(`a killed process loses no upload: the next one finishes its jobs (${place})`, async () => {
    test.setTimeout(180_000);
    await using redis = await startRedisTestServer();
    const settings = place === "Redis" ? { REDIS_URL: redis.url, SESSION_SECRETS: "s" } : {};
    await using app = await startApp(settings as Record<string, string>);
    const { createBase, send, ended, search } = createDocuments(createClient(app.url, "admin"));
    await createBase("crash");
    const chapter = (n: number) => `## Chapter ${n}\n\n${`Gadget ${n} hums at dusk. `.repeat(60)}\n\n`;
    const book = (title: string) =>
      `# ${title}\n\n${Array.from({ length: 150 }, (_, n) => chapter(n)).join("")}`;
    const files = Object.fromEntries([...Array(6).keys()].map((n) => [`book${n}.md`, book(`Book ${n}`)]));
    const { jobs } = await send("crash", files);
    await app.end("SIGKILL");
    await app.restart();
    const outcome = await ended(jobs);
    expect(outcome.map(({ state }) => state)).toEqual(Array(6).fill("done"));
    expect((await search("crash", "Gadget 77 hums")).length).toBeGreaterThan(0);
    const admin = createClient(app.url, "admin");
    const { items } = await (await admin.fetch("/api/knowledge-bases/crash/documents")).json();
    expect(items.map(({ passages }: { passages: number }) => passages)).toEqual(
      outcome.map(({ passages }) => passages),
    );
  });
}

test("what an administrator did to a document of the product outlives a restart", async () => {
  test.setTimeout(120_000);
  await using app = await startApp();
  const admin = createClient(app.url, "admin");
  const { send, ended, search } = createDocuments(admin);
  const list = "/api/knowledge-bases/tallgrass/documents";
  const before = documentPageSchema.parse(await (await admin.fetch(list)).json()).items;
  const [off, gone, replaced] = before;
  await admin.fetch(`${list}/${off?.document_id}`, json("PATCH", { enabled: false }));
  await admin.fetch(`${list}/${gone?.document_id}`, { method: "DELETE" });
  const own = "# Ours\n\nThe quokka pays the rent.\n";
  await ended((await send("tallgrass", { [replaced?.name ?? ""]: own })).jobs);
  await app.end("SIGTERM");
  await app.restart();
  const after = documentPageSchema.parse(await (await admin.fetch(list)).json()).items;
  expect(after.find(({ name }) => name === off?.name)?.enabled).toBe(false);
  expect(after.map(({ name }) => name)).toEqual(
    before.map(({ name }) => name).filter((name) => name !== gone?.name),
  );
  expect(await search("tallgrass", "quokka rent")).toContain("The quokka pays the rent.");
});

test("with EXTRACT_TRIPLES the model's triples lead from one document to the other", async () => {
  test.setTimeout(120_000);
  const triplesIn: Record<string, object> = {
    "It boils at 97 degrees.": { subject: "Zephyr kettle", predicate: "is made by", object: "Korbel works" },
    "A harbour town.": { subject: "Ostrand", predicate: "is home of", object: "Korbel works" },
  };
  const whole = (message: string) => {
    const found = triplesIn[JSON.parse(message).text];
    return JSON.stringify({ triples: found ? [found] : [] });
  };
  await using model = await startModelServer({ whole });
  await using app = await startApp({ OPENAI_BASE_URL: model.url, CHAT_MODEL: "m", EXTRACT_TRIPLES: "true" });
  const admin = createClient(app.url, "admin");
  const { createBase, send, ended } = createDocuments(admin);
  await createBase("makers");
  const files = {
    "kettle.md": "# Zephyr kettle\n\nIt boils at 97 degrees.\n",
    "ostrand.md": "# Ostrand\n\nA harbour town.\n",
  };
  for (const { state } of await ended((await send("makers", files)).jobs)) expect(state).toBe("done");
  const query = { ...searchFor("makers", "Korbel works"), agent_type: "graph_agent" };
  await expect
    .poll(async () => {
      const { results } = await (await admin.fetch("/api/search", json("POST", query))).json();
      return results.map(({ text }: { text: string }) => text).toSorted();
    })
    .toEqual(["A harbour town.", "It boils at 97 degrees."]);
});

function searchFor(kb_prefix: string, query: string) {
  return { query, kb_prefix, agent_type: "hybrid_agent", top_k: 3 };
}
