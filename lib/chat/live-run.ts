import type { ChatFrame } from "@/lib/events/chat-frame";
import type { NumberedFrame } from "@/lib/events/sse";

/** The frames of an answer that this process is making, and who reads them. */
export interface LiveRun {
  readonly requestId: string;
  readonly owner: string;
  push(frames: readonly ChatFrame[]): void;
  /** No frame follows. */
  end(): void;
  /** Frames with a number > after, the future ones too; ends with the run or when the reader leaves. */
  read(after: number, signal: AbortSignal): AsyncGenerator<NumberedFrame>;
  readerCount(): number;
}

/** `onReaderChange` is told whenever a reader came or left. */
export function createLiveRun(requestId: string, owner: string, onReaderChange: () => void): LiveRun {
  const frames: ChatFrame[] = [];
  let ended = false;
  let readers = 0;
  let wake = () => {};
  let news = newsPromise();

  function newsPromise(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
    });
  }
  function announce() {
    wake();
    news = newsPromise();
  }
  function count(change: 1 | -1) {
    readers += change;
    onReaderChange();
  }

  async function* read(after: number, signal: AbortSignal): AsyncGenerator<NumberedFrame> {
    const left = new Promise<void>((resolve) =>
      signal.addEventListener("abort", () => resolve(), { once: true }),
    );
    count(1);
    try {
      for (let next = after; !signal.aborted; ) {
        const frame = frames[next];
        if (frame) {
          next += 1;
          yield { id: next, frame };
        } else if (ended) return;
        else await Promise.race([news, left]);
      }
    } finally {
      count(-1);
    }
  }

  return {
    requestId,
    owner,
    read,
    readerCount: () => readers,
    push(added) {
      frames.push(...added);
      announce();
    },
    end() {
      ended = true;
      announce();
    },
  };
}
