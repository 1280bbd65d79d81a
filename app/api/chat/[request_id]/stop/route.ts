import { requestIdSchema } from "@/lib/domain/ids";
import { parseId } from "@/lib/http/parse-id";
import { routes } from "@/lib/http/routes";

/** Stops an answer of this browser; what was written so far is kept. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ request_id: string }>({
  async POST({ params, caller, runtime }) {
    const requestId = parseId(requestIdSchema, params.request_id);
    await runtime.chat.stop(requestId, caller.browserId);
    return Response.json({ request_id: requestId, status: "stopping" }, { status: 202 });
  },
});
