import type { z } from "zod";
import { AppError, type ErrorIssue } from "@/lib/errors";

const MAX_BODY_BYTES = 64 * 1024;

/**
 * A request's JSON body, checked. Refuses a body over the limit before it is read whole, another media
 * type, malformed JSON, and whatever the schema does.
 */
export async function readJson<T>(
  request: Request,
  schema: z.ZodType<T>,
  maxBytes = MAX_BODY_BYTES,
): Promise<T> {
  requireJsonType(request);
  const text = await readText(request, maxBytes);
  return parseWith(schema, parseJson(text));
}

/** Checks a value against a schema; throws `invalid_request` with one issue per path. */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap(toIssues);
  const first = issues[0];
  const message = first ? `${first.path || "The request"}: ${first.message}` : "The request is not valid.";
  throw new AppError("invalid_request", message, { issues });
}

function toIssues(issue: z.core.$ZodIssue): ErrorIssue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...issue.path, key].join("."), message: "unknown key" }));
  }
  return [{ path: issue.path.join("."), message: issue.message }];
}

/** A parameter list as an object for a schema; a repeated name keeps its last value. */
export function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

function requireJsonType(request: Request): void {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("unsupported_media_type", "Send the body as application/json.");
  }
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () =>
    new AppError("payload_too_large", `The body is larger than ${Math.round(maxBytes / 1024)} KiB.`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid_request", "The body is not valid JSON.");
  }
}
