import { type LimitName, limitOf } from "@/lib/domain/limit-name";

/** A route's refusal, with its code and sentence. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly status: number;
  readonly code: string;
  /** The limit that was reached; null for any other refusal. */
  readonly limit: LimitName | null;

  constructor(status: number, code: string, message: string, limit: LimitName | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.limit = limit;
  }
}

/** Asks a route of this server. Throws `ApiFailure` when it refuses, `TypeError` when it cannot be reached. */
export async function request(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (response.ok) return response;
  throw await toApiFailure(response, await response.json().catch(() => null));
}

/** What a refusal says, by its body; one of somebody else, such as a proxy, by its status. */
export async function toApiFailure(
  { status, statusText }: { status: number; statusText: string },
  body: unknown,
): Promise<ApiFailure> {
  const { apiErrorSchema } = await import("@/lib/domain/api");
  const parsed = apiErrorSchema.safeParse(body);
  if (!parsed.success) return new ApiFailure(status, "internal", statusText);
  const { code, message, issues } = parsed.data.error;
  return new ApiFailure(status, code, message, limitOf(issues));
}

/** A schema; it throws what does not fit. */
export interface Reader<T> {
  parse(data: unknown): T;
}

/** What a route answers, read by a schema; one that is still being loaded comes beside the answer. */
export async function getJson<T>(path: string, schema: Reader<T> | Promise<Reader<T>>): Promise<T> {
  const [response, reader] = await Promise.all([request(path), schema]);
  return reader.parse(await response.json());
}

export function sendJson(method: "POST" | "PATCH", path: string, body: unknown): Promise<Response> {
  return request(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
