import type { NumberedFrame } from "@/lib/events/sse";
import { closeInterrupted, type InterruptedPorts } from "./close-interrupted";
import { pause } from "./pause";

const POLL_MS = 150;
/** A mark of a reader lasts 5 s. */
const READER_MARK_MS = 2000;

/**
 * Follows an answer that another process makes, or made, through the resume buffer: frames after n, until
 * it has ended or the reader leaves. When the process that answers has died, its run is closed and the
 * stream ends with `error` `interrupted` and `done`.
 */
export async function* followStream(
  requestId: string,
  after: number,
  reader: AbortSignal,
  ports: InterruptedPorts,
): AsyncGenerator<NumberedFrame> {
  let last = after;
  let marked = Number.NEGATIVE_INFINITY;
  while (!reader.aborted) {
    if (ports.clock.monotonic() - marked >= READER_MARK_MS) {
      marked = ports.clock.monotonic();
      await ports.streams.markReader(requestId);
    }
    const slice = await ports.streams.read(requestId, last);
    if (!slice) return;
    for (const [index, frame] of slice.frames.entries()) {
      last = slice.firstFrame + index;
      yield { id: last, frame };
    }
    if (slice.ended) return;
    if (slice.alive) await pause(POLL_MS, reader);
    else await closeInterrupted(requestId, ports);
  }
}
