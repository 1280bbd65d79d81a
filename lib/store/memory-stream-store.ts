import type { Clock } from "@/lib/domain/clock";
import type { ChatFrame } from "@/lib/events/chat-frame";
import { gapError } from "./sequence-gap";
import { READER_MARK_SECONDS, STREAM_RETENTION_SECONDS, type StreamStore } from "./stream-store";

interface Stream {
  owner: string;
  frames: ChatFrame[];
  stopped: boolean;
  /** Instants of the monotonic clock. */
  readUntil: number;
  endedAt: number | null;
}

/**
 * The buffer in this process's memory. Its lease needs no renewal: the streams end with the process, so one that
 * is here and has not ended is alive.
 */
export function createMemoryStreamStore({ clock }: { clock: Clock }): StreamStore {
  const streams = new Map<string, Stream>();

  const isOver = ({ endedAt }: Stream) =>
    endedAt !== null && endedAt <= clock.monotonic() - STREAM_RETENTION_SECONDS * 1000;

  function sweep(): void {
    for (const [requestId, stream] of streams) if (isOver(stream)) streams.delete(requestId);
  }

  /** Asked with every token: this looks at the one stream alone. */
  function find(requestId: string): Stream | null {
    const stream = streams.get(requestId);
    return stream && !isOver(stream) ? stream : null;
  }

  function append(requestId: string, firstFrame: number, frames: readonly ChatFrame[]): void {
    const stream = find(requestId);
    if (stream === null || firstFrame > stream.frames.length + 1) throw gapError();
    stream.frames.push(...frames.slice(stream.frames.length + 1 - firstFrame));
    if (stream.frames.at(-1)?.status === "done") stream.endedAt ??= clock.monotonic();
  }

  return {
    async open(requestId, owner) {
      if (find(requestId)) return;
      sweep();
      streams.set(requestId, { owner, frames: [], stopped: false, readUntil: 0, endedAt: null });
    },
    append: async (requestId, firstFrame, frames) => append(requestId, firstFrame, frames),
    async read(requestId, after) {
      const stream = find(requestId);
      if (stream === null) return null;
      const ended = stream.endedAt !== null;
      const frames = stream.frames.slice(after);
      return { owner: stream.owner, frames, firstFrame: after + 1, ended, alive: !ended };
    },
    renewLease: async () => {},
    async requestStop(requestId) {
      const stream = find(requestId);
      if (stream) stream.stopped = true;
    },
    stopRequested: async (requestId) => find(requestId)?.stopped ?? false,
    async markReader(requestId) {
      const stream = find(requestId);
      if (stream) stream.readUntil = clock.monotonic() + READER_MARK_SECONDS * 1000;
    },
    hasReader: async (requestId) => (find(requestId)?.readUntil ?? 0) > clock.monotonic(),
    delete: async (requestId) => void streams.delete(requestId),
  };
}
