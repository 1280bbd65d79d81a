import { readConversation } from "@/lib/chat/read-conversation";
import { toShare } from "@/lib/chat/share-conversation";
import type { ShareAnswer } from "@/lib/domain/api";
import { sessionIdSchema } from "@/lib/domain/ids";
import type { ConversationShare } from "@/lib/events/conversation-answer";
import { parseId } from "@/lib/http/parse-id";
import { type RouteContext, routes } from "@/lib/http/routes";

type Context = RouteContext<{ session_id: string }>;

/** A read-only link to a conversation as it is now; asked for again it takes the place of the one before. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ session_id: string }>({
  async GET(context) {
    const { share } = await ownConversation(context);
    return Response.json({ share: share && toLink(share) });
  },
  async POST(context) {
    const conversation = await ownConversation(context);
    const { conversations, clock } = context.runtime;
    const share = toShare(conversation, clock.now());
    await conversations.setShare(conversation.session_id, share);
    return Response.json({ share: toLink(share) }, { status: 201 });
  },
  async DELETE(context) {
    const { session_id } = await ownConversation(context);
    await context.runtime.conversations.setShare(session_id, null);
    return new Response(null, { status: 204 });
  },
});

function ownConversation({ params, caller, runtime }: Context) {
  const sessionId = parseId(sessionIdSchema, params.session_id);
  return readConversation(sessionId, caller.browserId, runtime, runtime.chat.isLive);
}

function toLink({ share_id, at, request_ids }: ConversationShare): ShareAnswer["share"] {
  return { share_id, url: `/share/${share_id}`, at, turns: request_ids.length };
}
