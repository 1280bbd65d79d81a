import type { ChatFrame } from "@/lib/events/chat-frame";

/** The frames of one answer as any process reads them. Frame n is `frames[n - 1]` of the whole stream. */
export interface StreamSlice {
  /** Browser that owns the answer. */
  owner: string;
  /** Frames after the asked one, in order. */
  frames: ChatFrame[];
  /** The number of the first frame in `frames`, when there is one. */
  firstFrame: number;
  ended: boolean;
  /** Whether the process that answers still holds its lease; false once the stream has ended. */
  alive: boolean;
}

/** How long a buffer is kept after the answer's end, in seconds. */
export const STREAM_RETENTION_SECONDS = 600;
export const LEASE_SECONDS = 10;
export const READER_MARK_SECONDS = 5;

/**
 * Port: the resume buffer. Holds the frames of running answers and of those that ended within 10 minutes,
 * the lease of the process that answers (10 s, to be renewed each 3 s), and what other processes ask of it.
 */
export interface StreamStore {
  /** Begins a stream and takes its lease. */
  open(requestId: string, owner: string): Promise<void>;
  /**
   * Adds frames, the first of which has the number `firstFrame`; ones already stored are skipped. Frame `done` ends
   * the stream and its lease. Throws `conflict` when the stream is unknown or frames before these are missing.
   */
  append(requestId: string, firstFrame: number, frames: readonly ChatFrame[]): Promise<void>;
  /** Frames with a number > after; null when the stream is unknown or gone. */
  read(requestId: string, after: number): Promise<StreamSlice | null>;
  renewLease(requestId: string): Promise<void>;
  requestStop(requestId: string): Promise<void>;
  stopRequested(requestId: string): Promise<boolean>;
  /** Says that somebody reads this stream, for the next 5 seconds. */
  markReader(requestId: string): Promise<void>;
  hasReader(requestId: string): Promise<boolean>;
  delete(requestId: string): Promise<void>;
}
