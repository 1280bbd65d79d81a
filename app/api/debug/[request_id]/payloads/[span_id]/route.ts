import { z } from "zod";
import { readPayload } from "@/lib/debug/read-run";
import { runIdSchema, spanIdSchema } from "@/lib/domain/ids";
import { payloadPartSchema } from "@/lib/domain/payload";
import { auditRead } from "@/lib/http/audit-read";
import { parseId } from "@/lib/http/parse-id";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

const querySchema = z.strictObject({ part: payloadPartSchema });

/** A part of a span that is too long for the run's events, as far as it is kept. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ request_id: string; span_id: string }>({
  async GET({ request, params, caller, runtime }) {
    requireRole(caller, "debug");
    const { part } = parseWith(querySchema, queryOf(request));
    const requestId = parseId(runIdSchema, params.request_id);
    const spanId = parseId(spanIdSchema, params.span_id);
    const payload = await readPayload(requestId, spanId, part, runtime.debug);
    await auditRead(caller, requestId, "payload", runtime);
    return Response.json(payload, { headers: { "cache-control": "no-store" } });
  },
});
