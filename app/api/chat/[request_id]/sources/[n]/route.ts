import { readSource } from "@/lib/chat/read-source";
import { requestIdSchema } from "@/lib/domain/ids";
import { parseId } from "@/lib/http/parse-id";
import { queryInteger } from "@/lib/http/query-number";
import { routes } from "@/lib/http/routes";

/** A source of an answer of this browser: as the answer had it, and as its document has it now. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ request_id: string; n: string }>({
  async GET({ params, caller, runtime }) {
    const requestId = parseId(requestIdSchema, params.request_id);
    const n = parseId(queryInteger(1, 999), params.n);
    return Response.json(await readSource(requestId, n, caller.browserId, runtime));
  },
});
