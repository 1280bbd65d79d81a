/**
 * How a call to a provider failed, before it is put into words:
 * `status` an HTTP answer other than 2xx (or an error object inside a stream, status null when it names
 * none), `connection` no answer at all, `cut` an answer that broke off, `malformed` an answer that is not
 * what was asked for, `aborted` our own signal.
 */
export type FaultKind = "status" | "connection" | "cut" | "malformed" | "aborted" | "timeout";

interface FaultFacts {
  status?: number | null;
  code?: string | null;
  detail?: string;
  retryAfterMs?: number | null;
  cause?: unknown;
}

/** A failed call. `detail` is the provider's own text: for decisions only, never for a reader. */
export class ProviderFault extends Error {
  override readonly name = "ProviderFault";
  readonly kind: FaultKind;
  /** HTTP status, null where there was none. */
  readonly status: number | null;
  /** The provider's error code or the system's (`ECONNREFUSED`), null where unknown. */
  readonly code: string | null;
  readonly detail: string;
  /** What a Retry-After header asked for, null without one. */
  readonly retryAfterMs: number | null;

  constructor(kind: FaultKind, facts: FaultFacts = {}) {
    super(`provider fault: ${kind}`, { cause: facts.cause });
    this.kind = kind;
    this.status = facts.status ?? null;
    this.code = facts.code ?? null;
    this.detail = facts.detail ?? "";
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}
