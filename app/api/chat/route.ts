import { after } from "next/server";
import { chatRequestSchema } from "@/lib/chat/chat-request";
import type { CallCost } from "@/lib/domain/usage";
import { addressOf } from "@/lib/http/address-of";
import { auditRead } from "@/lib/http/audit-read";
import { ensureBrowser } from "@/lib/http/ensure-browser";
import { readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { streamResponse } from "@/lib/http/stream-response";
import { requireRole } from "@/lib/security/access";

/** How long a process that is told to end after an answer stays for the answer's trace. */
const TRACE_MS = 3000;

/** Asks a question; the answer is a stream of frames. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async POST({ request, caller, runtime, cookies }) {
    const body = await readJson(request, chatRequestSchema);
    const needsDebug = body.debug === true || body.replay_of !== undefined || body.overrides !== undefined;
    if (needsDebug) requireRole(caller, "debug");
    const address = addressOf(request);
    await runtime.rateLimit.take(caller.browserId, address);
    await runtime.allowance.requireAnswer({ browserId: caller.browserId, address });
    const browserId = ensureBrowser(caller, cookies, runtime);
    const isDeveloper = caller.roles.includes("debug");
    const collected = isDeveloper ? body.debug !== false : runtime.settings.DEBUG_COLLECT === "all";
    const onCall = (call: CallCost) => runtime.allowance.chargeCall({ browserId, address }, call);
    const run = await runtime.chat.start(body, { browserId, recorded: collected, onCall }, request.signal);
    if (body.replay_of !== undefined) await auditRead(caller, body.replay_of, "replay", runtime);
    after(() => run.handedOver.then(() => runtime.sink.tried(run.requestId, TRACE_MS)));
    return streamResponse(run.frames, {
      "x-request-id": run.requestId,
      ...(run.recorded && isDeveloper && { "x-debug-url": `/debug/${run.requestId}` }),
    });
  },
});
