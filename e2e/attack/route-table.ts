import { globSync } from "node:fs";

export type Role = "none" | "debug" | "admin" | "wrong";
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export const METHODS: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** One method of one address, asked about things that are not there. */
export interface RouteRow {
  method: Method;
  /** As the folders below `app` name it. */
  path: string;
  needs: "nothing" | "debug" | "admin";
  /** What whoever has the role is answered. */
  status: number;
  query: string;
  body: object | null;
}

const rowsOf =
  (needs: RouteRow["needs"]) =>
  (address: string, status: number, body: object | null = null): RouteRow => {
    const [method = "", target = ""] = address.split(" ");
    const [path = "", query = ""] = target.split("?");
    return { method: method as Method, path, needs, status, query, body };
  };
const open = rowsOf("nothing");
const debug = rowsOf("debug");
const admin = rowsOf("admin");

/** An id of everything, which nothing has. */
export const NOBODY = "0190a2b3-4c5d-7e6f-8a9b-0c1d2e3f4a5b";
const PARAMETERS: Readonly<Record<string, string>> = {
  "[[...path]]": "nowhere",
  "[request_id]": NOBODY,
  "[session_id]": NOBODY,
  "[job_id]": NOBODY,
  "[share_id]": NOBODY,
  "[span_id]": "0123456789abcdef",
  "[document_id]": "0123456789abcdef",
  "[passage_id]": "0123456789abcdef",
  "[prefix]": "nowhere",
  "[page]": "nowhere",
  "[n]": "1",
};

/** Every route handler with every method that it has. */
export const ROUTES: readonly RouteRow[] = [
  ...METHODS.map((method) => open(`${method} /api/[[...path]]`, 404)),
  open("POST /api/chat", 200, { message: "Hello!" }),
  open("GET /api/chat/[request_id]/sources/[n]", 404),
  open("POST /api/chat/[request_id]/stop", 404),
  open("GET /api/chat/[request_id]/stream", 404),
  debug("GET /api/debug", 200),
  debug("GET /api/debug/[request_id]", 404),
  debug("DELETE /api/debug/[request_id]", 404),
  debug("GET /api/debug/[request_id]/dataset", 503),
  debug("POST /api/debug/[request_id]/dataset", 503, { dataset: "d", expected_output: "e" }),
  debug("POST /api/debug/[request_id]/export", 409),
  debug("GET /api/debug/[request_id]/payloads/[span_id]?part=output", 404),
  debug("POST /api/debug/import", 400, {}),
  debug("GET /api/debug/schema", 200),
  open("POST /api/feedback", 404, { request_id: NOBODY, value: "up" }),
  open("GET /api/health", 200),
  debug("GET /api/insights", 200),
  admin("GET /api/jobs", 200),
  admin("GET /api/jobs/[job_id]", 404),
  admin("POST /api/jobs/[job_id]/retry", 404),
  open("GET /api/knowledge-bases", 200),
  admin("POST /api/knowledge-bases", 400, {}),
  open("GET /api/knowledge-bases/[prefix]", 404),
  admin("PATCH /api/knowledge-bases/[prefix]", 404, { title: "Nowhere" }),
  admin("DELETE /api/knowledge-bases/[prefix]", 404),
  open("GET /api/knowledge-bases/[prefix]/documents", 404),
  admin("POST /api/knowledge-bases/[prefix]/documents", 404),
  admin("GET /api/knowledge-bases/[prefix]/documents/[document_id]", 404),
  admin("PATCH /api/knowledge-bases/[prefix]/documents/[document_id]", 404, { enabled: true }),
  admin("DELETE /api/knowledge-bases/[prefix]/documents/[document_id]", 404),
  admin("GET /api/knowledge-bases/[prefix]/documents/[document_id]/passages", 404),
  admin("POST /api/knowledge-bases/[prefix]/documents/[document_id]/reindex", 404),
  admin("POST /api/knowledge-bases/[prefix]/reindex", 404),
  debug("POST /api/mcp", 400, {}),
  open("GET /api/me", 200),
  open("DELETE /api/me/roles", 204),
  admin("GET /api/metrics", 200),
  open("GET /api/passages/[passage_id]", 404),
  admin("PATCH /api/passages/[passage_id]", 404, { enabled: true }),
  open("GET /api/ready", 200),
  open("POST /api/search", 400, { query: "x", kb_prefix: "nowhere" }),
  open("GET /api/sessions", 200),
  open("POST /api/sessions/import", 400, {}),
  open("GET /api/sessions/[session_id]", 404),
  open("PATCH /api/sessions/[session_id]", 404, { title: "x" }),
  open("DELETE /api/sessions/[session_id]", 404),
  open("GET /api/sessions/[session_id]/attachments", 200),
  open("POST /api/sessions/[session_id]/attachments", 415, {}),
  open("DELETE /api/sessions/[session_id]/attachments/[document_id]", 404),
  open("GET /api/sessions/[session_id]/export", 404),
  open("GET /api/sessions/[session_id]/share", 404),
  open("POST /api/sessions/[session_id]/share", 404),
  open("DELETE /api/sessions/[session_id]/share", 404),
  debug("GET /api/settings", 200),
  open("GET /enter", 401),
  open("GET /help/[page]", 404),
];

/**
 * Every page. Those of administrators and developers answer anybody, and get what they show from the API; the page
 * of a request tells by its status whether there is one, so it needs the role itself.
 */
export const PAGES: readonly RouteRow[] = [
  open("GET /", 200),
  open("GET /c/[session_id]", 200),
  debug("GET /debug/[request_id]", 404),
  open("GET /documents/[document_id]", 404),
  open("GET /insights", 200),
  open("GET /knowledge", 200),
  open("GET /knowledge/bases/[prefix]", 200),
  open("GET /knowledge/bases/[prefix]/[document_id]", 200),
  open("GET /knowledge/search", 200),
  open("GET /settings", 200),
  open("GET /share/[share_id]", 404),
];

/** The addresses that files of this name answer, from the folders below `app`. */
export function addressesOf(file: "route.ts" | "page.tsx"): string[] {
  return globSync(`app/**/${file}`)
    .map((found) => found.slice("app".length, -file.length).replace(/\/\([^)]*\)/g, ""))
    .map((path) => (path === "/" ? path : path.replace(/\/$/, "")))
    .sort();
}

/** An address with ids that nothing has. */
export function fillPath(path: string): string {
  return path.replace(/\[+[^\]]+\]+/g, (parameter) => PARAMETERS[parameter] ?? parameter);
}

/** The status that a role is answered. */
export function expectedStatus({ needs, status }: Pick<RouteRow, "needs" | "status">, role: Role): number {
  if (role === "wrong") return 401;
  const has = needs === "nothing" || role === "admin" || role === needs;
  return has ? status : 403;
}
