/** Codes of the wire's error shape and the HTTP status of each. */
export const HTTP_STATUS = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  upstream_failed: 502,
  unavailable: 503,
  internal: 500,
} as const;
export type ErrorCode = keyof typeof HTTP_STATUS;

export interface ErrorIssue {
  path: string;
  message: string;
}

const brand = Symbol.for("sidetrace.AppError");

/**
 * The one error that routes turn into an answer; its message is one sentence a person can act on. Next may
 * load this module once per route, so `instanceof` goes by a brand, not by the class of one copy.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly issues: readonly ErrorIssue[];
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { issues?: readonly ErrorIssue[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.issues = options.issues ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && brand in value;
  }
}

/** Whether an error means that something is away and the same call may succeed later. */
export function isUnavailable(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "unavailable";
}
