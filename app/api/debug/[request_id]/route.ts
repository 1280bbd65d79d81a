import { z } from "zod";
import { deleteRun, readRun, readRunRecord } from "@/lib/debug/read-run";
import { runIdSchema } from "@/lib/domain/ids";
import { auditRead } from "@/lib/http/audit-read";
import { parseId } from "@/lib/http/parse-id";
import { toCursor } from "@/lib/http/query-number";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

const querySchema = z.strictObject({
  after: z.string().regex(/^\d+$/, "must be a whole number").default("0"),
  view: z.enum(["record"]).optional(),
});

/** One recorded run: its events after a cursor, or folded with `?view=record`. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ request_id: string }>({
  async GET({ request, params, caller, runtime }) {
    requireRole(caller, "debug");
    const { after, view } = parseWith(querySchema, queryOf(request));
    const requestId = parseId(runIdSchema, params.request_id);
    const headers = { "cache-control": "no-store" };
    if (view) {
      const record = await readRunRecord(requestId, runtime.debug);
      await auditRead(caller, requestId, "record", runtime);
      return Response.json(record, { headers });
    }
    const answer = await readRun(requestId, toCursor(after), runtime.debug);
    // A poll that brings nothing has shown nothing.
    if (answer.events.length > 0) await auditRead(caller, requestId, "events", runtime);
    return Response.json(answer, { headers });
  },
  async DELETE({ params, caller, runtime }) {
    requireRole(caller, "debug");
    const requestId = parseId(runIdSchema, params.request_id);
    await deleteRun(requestId, runtime.debug);
    await auditRead(caller, requestId, "delete", runtime);
    return new Response(null, { status: 204 });
  },
});
