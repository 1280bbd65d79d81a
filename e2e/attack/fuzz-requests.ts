import fc from "fast-check";
import type { z } from "zod";
import { chatRequestSchema } from "@/lib/chat/chat-request";
import { conversationFileSchema } from "@/lib/chat/conversation-file";
import { feedbackRequestSchema } from "@/lib/chat/give-feedback";
import { searchRequestSchema } from "@/lib/chat/search-passages";
import { datasetRequestSchema } from "@/lib/debug/dataset-item";
import { knowledgeBasePatchSchema, newKnowledgeBaseSchema } from "@/lib/domain/knowledge-base";
import { runRecordSchema } from "@/lib/domain/run-record";
import { arbitraryOf } from "./arbitrary-of";
import { METHODS, NOBODY, PAGES, ROUTES, type Role, type RouteRow } from "./route-table";

/** A request over HTTP, or bytes on a connection. */
export type FuzzRequest =
  | {
      kind: "http";
      role: Role;
      method: string;
      path: string;
      headers: Record<string, string>;
      body: string | null;
    }
  | { kind: "bytes"; bytes: Uint8Array };

/** The bodies that routes take. */
const BODIES: Readonly<Record<string, z.ZodType>> = {
  "POST /api/chat": chatRequestSchema,
  "POST /api/feedback": feedbackRequestSchema,
  "POST /api/search": searchRequestSchema,
  "POST /api/debug/import": runRecordSchema,
  "POST /api/debug/[request_id]/dataset": datasetRequestSchema,
  "POST /api/knowledge-bases": newKnowledgeBaseSchema,
  "PATCH /api/knowledge-bases/[prefix]": knowledgeBasePatchSchema,
  "POST /api/sessions/import": conversationFileSchema,
};

const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "\r\nX-Evil: 1",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "file:///etc/passwd",
    "<script>pwn()</script>",
    "' OR 1=1 --",
    `"; DROP TABLE x; --`,
    "$(id)",
    "__proto__",
    "constructor",
    "1e1",
    "-1",
    "99999999999999999999",
    "NaN",
    "\ud800",
    "🏴\u{e0067}\u{e007f}",
    "٣",
    "x".repeat(3000),
  ),
);
const hostileValue = fc.oneof(
  hostileText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, true, -1, 1e308, 2 ** 53, [], {}, [[[[]]]], { __proto__: null }),
);

/** Names that some query takes. */
const QUERY_NAMES = (
  "q before limit after view part since format kb_prefix neighbours source sort status session_id agent_type model " +
  "min_ms feedback token locale debug tab __proto__"
).split(" ");
const queryValue = fc.oneof(
  hostileText,
  fc.constantFrom(
    "1",
    "0",
    "50",
    "record",
    "output",
    "24h",
    "7d",
    "json",
    "md",
    "time",
    "success",
    "langfuse",
  ),
);
const query = fc
  .array(fc.tuple(fc.constantFrom(...QUERY_NAMES), queryValue), { maxLength: 3 })
  .map((pairs) => new URLSearchParams(pairs.map(([name, value]) => [name, value.toWellFormed()])).toString());

/** What is there, what is not, and what cannot be. */
function idArbitrary(known: readonly string[]): fc.Arbitrary<string> {
  const plausible = [NOBODY, `import-${NOBODY}`, "0123456789abcdef", "nowhere", "1"];
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known, ...plausible) },
    fc.uuid(),
    hostileText.filter((text) => text !== ""),
  );
}

/** A value with keys taken away, added, or holding something else. */
const mutate = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(valid, fc.nat(), fc.oneof(fc.constant(undefined), hostileValue), hostileText)
    .map(([value, at, other, added]) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return other;
      const keys = Object.keys(value);
      const key = at % 3 === 0 ? added : (keys[at % Math.max(keys.length, 1)] ?? added);
      const rest = Object.entries(value).filter(([name]) => name !== key);
      return Object.fromEntries(other === undefined ? rest : [...rest, [key, other]]);
    });

function bodyOf({ method, path, body }: RouteRow): fc.Arbitrary<string | null> {
  const schema = BODIES[`${method} ${path}`];
  const valid = schema ? arbitraryOf(schema) : fc.constant(body ?? {});
  const json = fc
    .oneof({ weight: 3, arbitrary: valid }, { weight: 4, arbitrary: mutate(valid) }, hostileValue)
    .map((value) => JSON.stringify(value) ?? "");
  if (method === "GET") return fc.constant(null);
  return fc.oneof({ weight: 6, arbitrary: json }, hostileText, fc.constant(null));
}

const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant("application/json") },
  fc.constantFrom(
    "text/plain",
    "application/json; charset=utf-16",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "",
  ),
);
const role = fc.constantFrom<Role>("none", "none", "debug", "debug", "admin", "admin", "admin", "wrong");

/** A header's value as it may stand in a request. */
const headerText = hostileText.map((text) => text.replace(/[^\x20-\x7e]/g, "?").slice(0, 300));
const headers = fc
  .record(
    {
      accept: fc.constantFrom("text/html", "application/json, text/event-stream", "*/*"),
      origin: fc.oneof(headerText, fc.constant("null")),
      cookie: headerText.map((text) => `sidetrace_role=${text}; sidetrace_browser=${text}; locale=${text}`),
      range: fc.constantFrom("bytes=0-", "bytes=-1", "bytes=9-1"),
      "accept-language": headerText,
      "x-forwarded-proto": headerText,
      "last-event-id": headerText,
      "if-none-match": headerText,
      "next-router-state-tree": headerText,
      rsc: fc.constantFrom("0", "1", "?1", "", "true"),
      "next-action": headerText,
      "x-nonce": headerText,
      "mcp-session-id": headerText,
    },
    { requiredKeys: [] },
  )
  // Most requests come from a script that says little of itself.
  .chain((given) => fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, fc.constant(given)));

function routeRequest(row: RouteRow, id: fc.Arbitrary<string>): fc.Arbitrary<FuzzRequest> {
  const method = fc.oneof(
    { weight: 9, arbitrary: fc.constant<string>(row.method) },
    fc.constantFrom(...METHODS),
  );
  const ids = fc.array(id, { minLength: 3, maxLength: 3 });
  return fc
    .record({ role, method, ids, query, type: contentType, headers, body: bodyOf(row) })
    .map((made) => ({
      kind: "http" as const,
      role: made.role,
      method: made.method,
      path: `${fill(row.path, made.ids)}${made.query && `?${made.query}`}`,
      headers: {
        ...made.headers,
        ...(made.body !== null && made.type !== "" && { "content-type": made.type }),
      },
      body: made.method === "GET" ? null : made.body,
    }));
}

function fill(path: string, ids: readonly string[]): string {
  let at = 0;
  return path.replace(/\[+[^\]]+\]+/g, () =>
    encodeURIComponent((ids[at++ % ids.length] ?? "").toWellFormed()),
  );
}

/** Requests whose lines, headers and bodies are no such thing, or hardly. */
const bytes: fc.Arbitrary<FuzzRequest> = fc
  .tuple(
    fc.constantFrom(
      "GET",
      "POST",
      "PUT",
      "DELETE",
      "HEAD",
      "OPTIONS",
      "TRACE",
      "PATCH",
      "get",
      "",
      "G\u0000T",
    ),
    fc.oneof(
      fc.constantFrom("/", "/api/chat", "/api/mcp", "*", "http://attacker.example/", "//", "/\\x"),
      hostileText,
    ),
    fc.array(
      fc.oneof(
        fc.constantFrom(
          "Content-Length: 5",
          "Content-Length: -1",
          "Content-Length: 99999999999",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: chunked, gzip",
          "Content-Type: application/json",
          "Expect: 100-continue",
          "Connection: upgrade\r\nUpgrade: websocket",
          "Host: localhost",
          ": x",
        ),
        hostileText,
      ),
      { maxLength: 4 },
    ),
    fc.uint8Array({ maxLength: 60 }),
  )
  .map(([method, path, lines, body]) => {
    const head = [`${method} ${path} HTTP/1.1`, "Host: localhost", ...lines, "Connection: close", "", ""];
    return { kind: "bytes", bytes: Buffer.concat([Buffer.from(head.join("\r\n")), body]) };
  });

/** Requests for every route and page, from nearly right to nonsense; `known` are ids that are there. */
export function fuzzRequests(known: readonly string[]): fc.Arbitrary<FuzzRequest> {
  const id = idArbitrary(known);
  const routes = fc.oneof(...ROUTES.map((row) => routeRequest(row, id)));
  const pages = fc.oneof(...PAGES.map((row) => routeRequest(row, id)));
  return fc.oneof({ weight: 8, arbitrary: routes }, pages, bytes);
}
