import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { judge } from "./failure-reason";
import type { Answer, LangfuseApi } from "./langfuse-api";

/** A person waits for the answer, but not for long. */
const ASK_TIMEOUT_MS = 10_000;

interface LangfuseQuestion<T> {
  method?: "GET" | "POST" | "DELETE";
  /** Below the host, with its query. */
  path: string;
  /** Sent as JSON. */
  body?: object;
  schema: z.ZodType<T>;
  timeoutMs?: number;
}

/**
 * Asks Langfuse while somebody waits. Null: there is no such thing (404). Throws `upstream_failed` with a
 * sentence that names neither host nor key for everything else that is no answer.
 */
export async function askLangfuse<T>(api: LangfuseApi, question: LangfuseQuestion<T>): Promise<T | null> {
  const { method = "GET", path, body, schema, timeoutMs = ASK_TIMEOUT_MS } = question;
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await api.call({ method, path, timeoutMs, ...sent });
  if (isNotThere(answer)) return null;
  const verdict = judge(answer);
  if (!verdict.taken) throw new AppError("upstream_failed", `${verdict.reason}.`);
  const parsed = schema.safeParse(answer.kind === "answered" ? answer.body : null);
  if (!parsed.success) throw new AppError("upstream_failed", "Langfuse's answer could not be read.");
  return parsed.data;
}

/** A proxy's page for an address that it does not know is no statement of Langfuse. */
function isNotThere(answer: Answer): boolean {
  return answer.kind === "answered" && answer.status === 404 && answer.isJson;
}

/** Path and query; what is undefined is left out. */
export function langfusePath(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
