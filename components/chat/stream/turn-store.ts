import type { LiveTurn } from "./live-turn";

/** The answers that the page reads, by conversation; whoever shows them subscribes. */
export interface TurnStore {
  /** The same map until something changes. */
  turns(): ReadonlyMap<string, LiveTurn>;
  get(sessionId: string): LiveTurn | null;
  /** null forgets the turn. */
  put(sessionId: string, live: LiveTurn | null): void;
  /** Does nothing when there is no turn. */
  patch(sessionId: string, change: (live: LiveTurn) => Partial<LiveTurn>): void;
  subscribe(listener: () => void): () => void;
}

/** `schedule` runs the subscribers soon; it keeps a fast model from rendering the page for each token. */
export function createTurnStore(schedule: (notify: () => void) => void): TurnStore {
  const listeners = new Set<() => void>();
  let turns: ReadonlyMap<string, LiveTurn> = new Map();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const get = (sessionId: string) => turns.get(sessionId) ?? null;
  const put = (sessionId: string, live: LiveTurn | null) => {
    const next = new Map(turns);
    if (live) next.set(sessionId, live);
    else next.delete(sessionId);
    turns = next;
    schedule(notify);
  };
  return {
    turns: () => turns,
    get,
    put,
    patch(sessionId, change) {
      const live = get(sessionId);
      if (live) put(sessionId, { ...live, ...change(live) });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
