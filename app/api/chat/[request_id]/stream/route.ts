import { z } from "zod";
import { requestIdSchema } from "@/lib/domain/ids";
import { parseId } from "@/lib/http/parse-id";
import { toCursor } from "@/lib/http/query-number";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { streamResponse } from "@/lib/http/stream-response";

const querySchema = z.strictObject({
  after: z.string().regex(/^\d+$/, "must be a whole number").default("0"),
});

/** The frames after n of an answer of this browser, and those that follow. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ request_id: string }>({
  async GET({ request, params, caller, runtime }) {
    const requestId = parseId(requestIdSchema, params.request_id);
    const { after } = parseWith(querySchema, queryOf(request));
    const frames = await runtime.chat.follow(requestId, caller.browserId, toCursor(after), request.signal);
    return streamResponse(frames, { "x-request-id": requestId });
  },
});
