import { z } from "zod";
import { readConversation } from "@/lib/chat/read-conversation";
import { toSessionView } from "@/lib/chat/to-session-view";
import { requestIdSchema, sessionIdSchema } from "@/lib/domain/ids";
import { AppError } from "@/lib/errors";
import { parseId } from "@/lib/http/parse-id";
import { readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { withoutUnset } from "@/lib/http/without-unset";
import type { Runtime } from "@/lib/runtime";

const patchSchema = z
  .strictObject({
    title: z.string().trim().min(1).max(200).optional(),
    pinned: z.boolean().optional(),
    /** The version of an answer that is to be shown. */
    active: requestIdSchema.optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, "give a title, pinned or active");

/** One conversation of this browser. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ session_id: string }>({
  async GET({ params, caller, runtime }) {
    const sessionId = parseId(sessionIdSchema, params.session_id);
    const conversation = await readConversation(sessionId, caller.browserId, runtime, runtime.chat.isLive);
    return Response.json(toSessionView(conversation));
  },
  async PATCH({ request, params, caller, runtime }) {
    const { active, ...patch } = await readJson(request, patchSchema);
    const sessionId = parseId(sessionIdSchema, params.session_id);
    await readConversation(sessionId, caller.browserId, runtime, runtime.chat.isLive);
    if (active !== undefined) await showVersion(sessionId, active, runtime);
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
    if (caller.browserId) await runtime.attachments.removeAll({ sessionId, browserId: caller.browserId });
    return new Response(null, { status: 204 });
  },
});

async function showVersion(sessionId: string, requestId: string, { conversations }: Runtime): Promise<void> {
  const place = await conversations.findVersion(requestId);
  if (place?.session_id !== sessionId) {
    throw new AppError("not_found", "There is no such answer in this conversation.");
  }
  await conversations.activate(place, requestId);
}
