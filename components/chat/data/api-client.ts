import * as z from "zod/mini";
import { apiErrorSchema } from "@/lib/domain/api";

/** A route's refusal, with its code and sentence. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Asks a route of this server. Throws `ApiFailure` when it refuses, `TypeError` when it cannot be reached. */
export async function request(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (response.ok) return response;
  const body = apiErrorSchema.safeParse(await response.json().catch(() => null));
  const error = body.success ? body.data.error : { code: "internal", message: response.statusText };
  throw new ApiFailure(response.status, error.code, error.message);
}

export async function getJson<T>(path: string, schema: z.core.$ZodType<T>): Promise<T> {
  return z.parse(schema, await (await request(path)).json());
}

export function sendJson(method: "POST" | "PATCH", path: string, body: unknown): Promise<Response> {
  return request(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
