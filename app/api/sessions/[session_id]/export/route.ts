import { z } from "zod";
import { toConversationFile } from "@/lib/chat/conversation-file";
import { readConversation } from "@/lib/chat/read-conversation";
import { toMarkdown } from "@/lib/chat/to-session-view";
import { sessionIdSchema } from "@/lib/domain/ids";
import { parseId } from "@/lib/http/parse-id";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";

const querySchema = z.strictObject({ format: z.enum(["md", "json"]).default("json") });

/** One conversation of this browser as a file. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ session_id: string }>({
  async GET({ request, params, caller, runtime }) {
    const { format } = parseWith(querySchema, queryOf(request));
    const sessionId = parseId(sessionIdSchema, params.session_id);
    const conversation = await readConversation(sessionId, caller.browserId, runtime, runtime.chat.isLive);
    const disposition = `attachment; filename="sidetrace-${sessionId.slice(0, 8)}.${format}"`;
    const headers = { "content-disposition": disposition, "cache-control": "no-store" };
    if (format === "json") return Response.json(toConversationFile(conversation), { headers });
    return new Response(toMarkdown(conversation), {
      headers: { ...headers, "content-type": "text/markdown; charset=utf-8" },
    });
  },
});
