import { z } from "zod";
import { conversationFileSchema, fromConversationFile, refuseLaterFile } from "@/lib/chat/conversation-file";
import { addressOf } from "@/lib/http/address-of";
import { ensureBrowser } from "@/lib/http/ensure-browser";
import { parseWith, readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";

const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** An exported conversation becomes one of this browser. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async POST({ request, caller, runtime, cookies }) {
    await runtime.rateLimit.take(caller.browserId, addressOf(request));
    const value = await readJson(request, z.json(), MAX_FILE_BYTES);
    refuseLaterFile(value);
    const file = parseWith(conversationFileSchema, value);
    const owner = ensureBrowser(caller, cookies, runtime);
    const made = { uuid: runtime.ids.uuid, now: runtime.clock.now() };
    const conversation = fromConversationFile(file, owner, made);
    await runtime.conversations.insert(conversation);
    const { session_id, title } = conversation;
    return Response.json({ session_id, title }, { status: 201 });
  },
});
