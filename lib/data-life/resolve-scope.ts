import type { IngestService } from "@/lib/ingest/ingest-service";
import { mayRead, sessionOfAttachments } from "@/lib/retrieval/attachment-base";
import type { DocumentIndex } from "@/lib/retrieval/document-index";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { CitedTexts } from "@/lib/store/cited-document";
import type { ConversationStore } from "@/lib/store/conversation-store";
import type { RunStore } from "@/lib/store/run-store";
import type { Scope } from "./scope";
import type { Subject } from "./subject";

const PAGE = 100;
/** Jobs that are looked at. */
const JOBS = 10_000;
const PASSAGES = 1_000_000;

export interface ScopePorts {
  conversations: ConversationStore;
  runs: Pick<RunStore, "list" | "read">;
  index: PassageIndex;
  documents: DocumentIndex;
  ingest: Pick<IngestService, "jobs">;
  cited: CitedTexts;
}

/** Finds everything by which the data of a subject is known, while it is still there. */
export async function resolveScope(subject: Subject, ports: ScopePorts): Promise<Scope> {
  switch (subject.kind) {
    case "user":
      return conversationScope(subject.browserId, await sessionsOf(subject.browserId, ports), ports);
    case "session":
      return conversationScope(null, [subject.sessionId], ports);
    case "document":
      return documentScope(subject.documentId, ports);
  }
}

async function conversationScope(
  browserId: string | null,
  sessionIds: readonly string[],
  ports: ScopePorts,
): Promise<Scope> {
  const found = new Set<string>();
  for (const sessionId of sessionIds) {
    const conversation = await ports.conversations.conversation(sessionId);
    for (const message of conversation?.messages ?? [])
      if (message.role === "assistant") for (const { request_id } of message.versions) found.add(request_id);
    for (const id of await runsOf(sessionId, ports)) found.add(id);
  }
  const bases = [...(await ports.index.attachmentBases()).keys()].filter((base) =>
    sessionIds.includes(sessionOfAttachments(base) ?? ""),
  );
  const jobs = await Promise.all(bases.map((kb_prefix) => ports.ingest.jobs({ kb_prefix, limit: JOBS })));
  return {
    browserId,
    documentId: null,
    sessionIds,
    bases,
    jobIds: jobs.flat().map(({ job_id }) => job_id),
    passageIds: [],
    requestIds: [...found],
  };
}

/** Conversations of a browser, those that have files and no question yet too. */
async function sessionsOf(browserId: string, { conversations, index }: ScopePorts): Promise<string[]> {
  const found = new Set<string>();
  for (let before: string | undefined; ; ) {
    const page = await conversations.list(browserId, { limit: PAGE, ...(before && { before }) });
    for (const { session_id } of page.items) found.add(session_id);
    if (page.next === null) break;
    before = page.next;
  }
  for (const base of (await index.attachmentBases()).keys()) {
    const sessionId = sessionOfAttachments(base);
    if (sessionId !== null && mayRead(base, browserId)) found.add(sessionId);
  }
  return [...found];
}

/** Recorded answers of a conversation, or all of them; replays are in no conversation but here. */
async function runsOf(sessionId: string | null, { runs }: ScopePorts): Promise<string[]> {
  const found: string[] = [];
  for (let before: string | undefined; ; ) {
    const query = { sort: "time" as const, limit: PAGE, ...(before && { before }) };
    const page = await runs.list(sessionId === null ? query : { ...query, session_id: sessionId });
    found.push(...page.items.map(({ summary }) => summary.request_id));
    if (page.next === null) return found;
    before = page.next;
  }
}

async function documentScope(documentId: string, ports: ScopePorts): Promise<Scope> {
  const { documents, ingest, cited, runs } = ports;
  const jobs = await ingest.jobs({ target: documentId, limit: JOBS });
  const passages = await documents.passages(documentId, { after: -1, limit: PASSAGES });
  const { passageIds, requestIds } = await cited.citations(documentId);
  const found = new Set(requestIds);
  for (const id of await runsOf(null, ports)) {
    const run = await runs.read(id, 0);
    if (JSON.stringify(run?.events ?? []).includes(documentId)) found.add(id);
  }
  return {
    browserId: null,
    documentId,
    sessionIds: [],
    bases: [],
    jobIds: jobs.map(({ job_id }) => job_id),
    passageIds: [...new Set([...passages.map(({ passage_id }) => passage_id), ...passageIds])],
    requestIds: [...found],
  };
}
