/** Where a draft is kept: its conversation, and whether the server knows that yet. */
export interface DraftPlace {
  sessionId: string;
  stored: boolean;
}

/** Questions that were begun and not sent, by conversation; this browser keeps them. */
export interface DraftStore {
  get(place: DraftPlace): string;
  set(place: DraftPlace, text: string): void;
  subscribe(listener: () => void): () => void;
}

type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const PREFIX = "sidetrace.draft.";
/** A conversation that has not begun has another id at each visit of the page; there is one draft for it. */
const NEW = "new";
const MOST_KEPT = 50;
const KEPT_MS = 30 * 86_400_000;

interface KeptDraft {
  text: string;
  /** When it was written, epoch ms. */
  at: number;
}

/** `storage` may be null, full or forbidden: drafts then last as long as the page. */
export function createDraftStore(storage: Storage | null, now: () => number): DraftStore {
  const listeners = new Set<() => void>();
  const texts = new Map<string, string>();
  const keyOf = ({ sessionId, stored }: DraftPlace) => `${PREFIX}${stored ? sessionId : NEW}`;
  if (storage) prune(storage, now());
  return {
    get(place) {
      const known = texts.get(place.sessionId);
      if (known !== undefined) return known;
      const text = (storage && readKept(storage, keyOf(place)))?.text ?? "";
      texts.set(place.sessionId, text);
      return text;
    },
    set(place, text) {
      texts.set(place.sessionId, text);
      if (storage) keep(storage, keyOf(place), text, now());
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function keep(storage: Storage, key: string, text: string, at: number): void {
  try {
    if (text === "") storage.removeItem(key);
    else storage.setItem(key, JSON.stringify({ text, at }));
  } catch {
    // Full or forbidden: the page still has it.
  }
}

function readKept(storage: Storage, key: string): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? "null");
    return isKeptDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** By hand: the composer is drawn before zod is loaded. */
function isKeptDraft(kept: unknown): kept is KeptDraft {
  if (typeof kept !== "object" || kept === null || !("text" in kept) || !("at" in kept)) return false;
  return typeof kept.text === "string" && typeof kept.at === "number";
}

/** Drafts of conversations that nobody returns to do not stay for ever. */
function prune(storage: Storage, now: number): void {
  try {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
    const kept = keys
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => ({ key, at: readKept(storage, key)?.at ?? 0 }))
      .sort((a, b) => b.at - a.at);
    for (const [index, { key, at }] of kept.entries())
      if (index >= MOST_KEPT || at < now - KEPT_MS) storage.removeItem(key);
  } catch {
    // Storage that cannot be read has nothing to prune.
  }
}
