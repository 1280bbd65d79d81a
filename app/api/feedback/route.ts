import { feedbackRequestSchema, giveFeedback } from "@/lib/chat/give-feedback";
import { readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";

/** A vote on an answer of this browser; null takes it back. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async POST({ request, caller, runtime }) {
    const body = await readJson(request, feedbackRequestSchema);
    const langfuse = await giveFeedback(body, caller.browserId, runtime);
    return Response.json({ status: "recorded", langfuse });
  },
});
