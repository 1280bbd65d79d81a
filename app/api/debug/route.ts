import { z } from "zod";
import { listRuns } from "@/lib/debug/list-runs";
import { agentTypeSchema } from "@/lib/domain/agent";
import { feedbackValueSchema } from "@/lib/domain/feedback";
import { runSortSchema } from "@/lib/domain/run-list";
import { runStatusSchema } from "@/lib/domain/run-record";
import { queryInteger } from "@/lib/http/query-number";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { withoutUnset } from "@/lib/http/without-unset";
import { requireRole } from "@/lib/security/access";

const querySchema = z.strictObject({
  session_id: z.uuid().optional(),
  q: z.string().max(500).optional(),
  status: runStatusSchema.optional(),
  kb_prefix: z.string().max(32).optional(),
  agent_type: agentTypeSchema.optional(),
  model: z.string().max(200).optional(),
  min_ms: queryInteger(0, Number.MAX_SAFE_INTEGER).optional(),
  feedback: feedbackValueSchema.optional(),
  sort: runSortSchema.default("time"),
  before: z.string().max(500).optional(),
  limit: queryInteger(1, 100).default(50),
});

/** The last recorded runs over all conversations. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async GET({ request, caller, runtime }) {
    requireRole(caller, "debug");
    const query = parseWith(querySchema, queryOf(request));
    return Response.json(await listRuns(withoutUnset(query), runtime.runs));
  },
});
