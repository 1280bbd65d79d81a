import type { ErrorCode } from "@/lib/errors";
import type { StreamErrorCode } from "@/lib/events/stream-error";

/** One text for each language of the handbook. */
export interface Bilingual {
  en: string;
  zh: string;
}

/** What the person gets who asked, or sent a file, while the fault was there. */
export type UserFact =
  /** Every piece that the model wrote. */
  | { kind: "answer" }
  /** An `error` frame, `partial` when something of the answer came before it. */
  | { kind: "error"; code: StreamErrorCode; partial: boolean }
  /** What there was of the answer, marked as stopped. */
  | { kind: "stopped" }
  /** No stream: an error in the contract's shape. */
  | { kind: "refused"; status: number; code: ErrorCode }
  | { kind: "job"; state: "done" | "failed" };

/** What `GET /api/debug/{request_id}` says, and so the sidebar. */
export interface SidebarFact {
  status: "success" | "error" | "aborted";
  error: StreamErrorCode | null;
  source: "redis" | "memory";
  degraded: boolean;
  /** Null where Langfuse is off. */
  trace: { state: string; reason: string | null } | null;
}

/** A line of the log; `request` when it carries the request's id. */
export interface LogFact {
  level: "info" | "warn" | "error";
  msg: string;
  fields: Readonly<Record<string, string>>;
  request: boolean;
}

/** What it takes, after the fault has ended, until the next request works: nothing, a start, one with a backup put back. */
export type Recovery = "alone" | "restart" | "backup";

export interface FaultFacts {
  user: UserFact;
  /** Null where there is no record: a request that was refused, a file. */
  sidebar: SidebarFact | null;
  /** Null where a dead process could not write any. */
  log: LogFact | null;
  recovery: Recovery;
}

/** A fault, how the suite makes it, and what holds then. */
export interface FaultRow {
  fault: Bilingual;
  made: Bilingual;
  facts: FaultFacts;
}

export interface FaultGroup<Id extends string = string> {
  id: string;
  title: Bilingual;
  rows: Readonly<Record<Id, FaultRow>>;
}
