import { z } from "zod";
import { listArchivedRuns, listRuns } from "@/lib/debug/list-runs";
import { agentTypeSchema } from "@/lib/domain/agent";
import { feedbackValueSchema } from "@/lib/domain/feedback";
import { runSortSchema } from "@/lib/domain/run-list";
import { runStatusSchema } from "@/lib/domain/run-record";
import { queryInteger } from "@/lib/http/query-number";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { withoutUnset } from "@/lib/http/without-unset";
import { requireRole } from "@/lib/security/access";

const filterSchema = z.strictObject({
  session_id: z.uuid().optional(),
  q: z.string().max(500).optional(),
  status: runStatusSchema.optional(),
  kb_prefix: z.string().max(32).optional(),
  agent_type: z.optional(agentTypeSchema),
  model: z.string().max(200).optional(),
  min_ms: queryInteger(0, Number.MAX_SAFE_INTEGER).optional(),
  before: z.string().max(500).optional(),
  limit: queryInteger(1, 100).default(50),
});
const storedSchema = filterSchema.extend({
  source: z.literal("store").default("store"),
  feedback: z.optional(feedbackValueSchema),
  sort: runSortSchema.default("time"),
});
/** Langfuse gives the newest first, and votes come after the traces that are searched. */
const archivedSchema = filterSchema.extend({
  source: z.literal("langfuse"),
  sort: z.literal("time").optional(),
});

/** The last recorded runs over all conversations, or with `source=langfuse` those that Langfuse keeps. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async GET({ request, caller, runtime }) {
    requireRole(caller, "debug");
    const asked = queryOf(request);
    if (asked.source === "langfuse") {
      const { source: _source, sort: _sort, ...query } = parseWith(archivedSchema, asked);
      return Response.json(await listArchivedRuns(withoutUnset(query), runtime.debug.archive));
    }
    const { source: _source, ...query } = parseWith(storedSchema, asked);
    return Response.json(await listRuns(withoutUnset(query), runtime.runs));
  },
});
