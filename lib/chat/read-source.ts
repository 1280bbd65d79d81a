import { type CitedSource, SOURCE_NEIGHBOURS } from "@/lib/domain/cited-source";
import type { Passage, PassageView } from "@/lib/domain/passage";
import { AppError } from "@/lib/errors";
import type { Source } from "@/lib/events/chat-frame";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { ConversationStore, VersionPlace } from "@/lib/store/conversation-store";
import type { StreamStore } from "@/lib/store/stream-store";
import { textSimilarity } from "./near-duplicate";
import { isWholeSnippet } from "./to-chat-frames";

export interface ReadSourcePorts {
  conversations: ConversationStore;
  streams: StreamStore;
  index: PassageIndex;
}

/** From here on a text counts as what became of another one. */
const SAME_PLACE = 0.2;
/** Texts of a document that are compared with one that is gone. */
const MOST_COMPARED = 500;

/**
 * A source of an answer as the answer had it, beside what its document has there now. Throws `not_found` for
 * an answer that this browser does not own, and for a number that the answer has no source for.
 */
export async function readSource(
  requestId: string,
  n: number,
  browserId: string | null,
  ports: ReadSourcePorts,
): Promise<CitedSource> {
  const place = await ports.conversations.findVersion(requestId);
  if (!place || place.owner !== browserId) {
    throw new AppError("not_found", "There is no such answer in this browser.");
  }
  const source = (await sourcesOf(requestId, place, ports)).find((one) => one.n === n);
  if (!source) throw new AppError("not_found", "The answer has no source with this number.");
  const cited = await citedText(source, place, ports);
  return { cited, ...(await placeNow(source, cited, browserId, ports.index)) };
}

async function sourcesOf(
  requestId: string,
  { session_id }: VersionPlace,
  { conversations, streams }: ReadSourcePorts,
): Promise<readonly Source[]> {
  const conversation = await conversations.conversation(session_id);
  const version = (conversation?.messages ?? [])
    .flatMap((message) => (message.role === "assistant" ? message.versions : []))
    .find((one) => one.request_id === requestId);
  if (version && version.status !== "running") return version.sources;
  // While the answer is being made, its stream alone has them.
  const frames = (await streams.read(requestId, 0))?.frames ?? [];
  return frames.flatMap((frame) => (frame.status === "sources" ? frame.content : []));
}

async function citedText(
  { passage_id, title, heading, snippet }: Source,
  { session_id }: VersionPlace,
  { conversations }: ReadSourcePorts,
): Promise<CitedSource["cited"]> {
  if (isWholeSnippet(snippet)) return { title, heading, text: snippet, complete: true };
  const kept = await conversations.citedPassage(session_id, passage_id);
  return { title, heading, text: kept ?? snippet, complete: kept !== null };
}

async function placeNow(
  { passage_id, document_id }: Source,
  cited: CitedSource["cited"],
  reader: string | null,
  index: PassageIndex,
): Promise<Pick<CitedSource, "state" | "passage">> {
  const passage = await index.passage(passage_id, reader, SOURCE_NEIGHBOURS);
  if (passage) return { state: "same", passage };
  const found = await index.document(document_id, reader);
  if (!found) return { state: "deleted", passage: null };
  const nearest = nearestPassage(found.passages, cited);
  const view = nearest && (await index.passage(nearest.passage_id, reader, SOURCE_NEIGHBOURS));
  if (!view) return { state: "removed", passage: null };
  return { state: hasSameText(view, cited) ? "same" : "changed", passage: view };
}

/** What became of a text, looked for below its own heading first; null when nothing is like it. */
function nearestPassage(passages: readonly Passage[], { heading, text }: CitedSource["cited"]) {
  const own = passages.filter((passage) => passage.heading === heading);
  const others = passages.filter((passage) => passage.heading !== heading);
  return nearestOf(own.slice(0, MOST_COMPARED), text) ?? nearestOf(others.slice(0, MOST_COMPARED), text);
}

function nearestOf(passages: readonly Passage[], text: string): Passage | null {
  const judged = passages.map((passage) => ({ passage, similarity: textSimilarity(passage.text, text) }));
  const [best] = judged.sort((a, b) => b.similarity - a.similarity);
  return best && best.similarity >= SAME_PLACE ? best.passage : null;
}

/** A renamed document or heading gives the very same text another id. */
function hasSameText(passage: PassageView, { text, complete }: CitedSource["cited"]): boolean {
  return complete ? passage.text === text : passage.text.startsWith(text.replace(/…$/, ""));
}
