import { z } from "zod";
import { readConversation } from "@/lib/chat/read-conversation";
import { toSessionView } from "@/lib/chat/to-session-view";
import { sessionIdSchema } from "@/lib/domain/ids";
import { parseId } from "@/lib/http/parse-id";
import { readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { withoutUnset } from "@/lib/http/without-unset";

const patchSchema = z
  .strictObject({
    title: z.string().trim().min(1).max(200).optional(),
    pinned: z.boolean().optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, "give a title or pinned");

/** One conversation of this browser. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ session_id: string }>({
  async GET({ params, caller, runtime }) {
    const sessionId = parseId(sessionIdSchema, params.session_id);
    const conversation = await readConversation(sessionId, caller.browserId, runtime, runtime.chat.isLive);
    return Response.json(toSessionView(conversation));
  },
  async PATCH({ request, params, caller, runtime }) {
    const patch = await readJson(request, patchSchema);
    const sessionId = parseId(sessionIdSchema, params.session_id);
    await readConversation(sessionId, caller.browserId, runtime, runtime.chat.isLive);
    await runtime.conversations.update(sessionId, withoutUnset(patch));
    const { session_id, title, pinned } = await readConversation(
      sessionId,
      caller.browserId,
      runtime,
      runtime.chat.isLive,
    );
    return Response.json({ session_id, title, pinned });
  },
  async DELETE({ params, caller, runtime }) {
    const sessionId = parseId(sessionIdSchema, params.session_id);
    await readConversation(sessionId, caller.browserId, runtime, runtime.chat.isLive);
    await runtime.conversations.delete(sessionId);
    return new Response(null, { status: 204 });
  },
});
