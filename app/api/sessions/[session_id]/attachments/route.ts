import { MAX_ATTACHMENTS } from "@/lib/domain/attachment-limit";
import { MAX_FILE_BYTES } from "@/lib/domain/document-file";
import { sessionIdSchema } from "@/lib/domain/ids";
import { AppError } from "@/lib/errors";
import { addressOf } from "@/lib/http/address-of";
import { countBytes } from "@/lib/http/count-bytes";
import { ensureBrowser } from "@/lib/http/ensure-browser";
import { parseId } from "@/lib/http/parse-id";
import { readFiles } from "@/lib/http/read-files";
import { routes } from "@/lib/http/routes";
import type { Runtime } from "@/lib/runtime";

/** A little more than the largest files, for the lines between them. */
const UPLOAD = { field: "files", files: MAX_ATTACHMENTS, bytes: MAX_ATTACHMENTS * (MAX_FILE_BYTES + 4096) };

/** The files of one conversation of this browser; they may come before its first question. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ session_id: string }>({
  async GET({ params, caller, runtime }) {
    const sessionId = parseId(sessionIdSchema, params.session_id);
    const { browserId } = caller;
    await refuseForeign(sessionId, browserId, runtime);
    const items = browserId ? await runtime.attachments.list({ sessionId, browserId }) : [];
    return Response.json({ items }, { headers: { "cache-control": "no-store" } });
  },
  async POST({ request, params, caller, runtime, cookies }) {
    const sessionId = parseId(sessionIdSchema, params.session_id);
    const address = addressOf(request);
    await runtime.rateLimit.take(caller.browserId, address);
    await runtime.allowance.requireUpload({ browserId: caller.browserId, address });
    await refuseForeign(sessionId, caller.browserId, runtime);
    const browserId = ensureBrowser(caller, cookies, runtime);
    const place = { sessionId, browserId };
    const charge = (bytes: number) => runtime.allowance.chargeUpload({ browserId, address }, bytes);
    const items = await runtime.attachments.add(place, (take) =>
      readFiles(request, UPLOAD, (file) => take({ ...file, content: countBytes(file.content, charge) })),
    );
    return Response.json({ items }, { status: 202 });
  },
});

/** Files may come before the first question, but not to another browser's conversation. */
async function refuseForeign(sessionId: string, browserId: string | null, { conversations }: Runtime) {
  const conversation = await conversations.conversation(sessionId);
  if (conversation && conversation.owner !== browserId)
    throw new AppError("not_found", "There is no such conversation in this browser.");
}
