import { runIdSchema } from "@/lib/domain/ids";
import { AppError } from "@/lib/errors";
import { parseId } from "@/lib/http/parse-id";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** Where `X-Debug-Url` leads: the conversation of a request with the sidebar open on it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ request_id: string }>({
  async GET({ params, caller, runtime }) {
    requireRole(caller, "debug");
    const requestId = parseId(runIdSchema, params.request_id);
    const run = await runtime.runs.read(requestId, Number.MAX_SAFE_INTEGER);
    if (!run) throw new AppError("not_found", "This request is no longer stored.");
    const location = `/c/${run.head.session_id}?debug=${requestId}`;
    return new Response(null, { status: 303, headers: { location } });
  },
});
