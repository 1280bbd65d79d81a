import { sessionIdSchema } from "@/lib/domain/ids";
import { AppError } from "@/lib/errors";
import { parseId } from "@/lib/http/parse-id";
import { routes } from "@/lib/http/routes";

/** One file of a conversation of this browser. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ session_id: string; document_id: string }>(
  {
    async DELETE({ params, caller, runtime }) {
      const sessionId = parseId(sessionIdSchema, params.session_id);
      const { browserId } = caller;
      if (!browserId) throw new AppError("not_found", "There is no such file in this conversation.");
      await runtime.attachments.remove({ sessionId, browserId }, params.document_id);
      return new Response(null, { status: 204 });
    },
  },
);
