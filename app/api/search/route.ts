import { searchPassages, searchRequestSchema } from "@/lib/chat/search-passages";
import { readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";

/** Retrieval alone: what an agent, or all of them merged, finds. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async POST({ request, runtime }) {
    const body = await readJson(request, searchRequestSchema);
    return Response.json(await searchPassages(body, runtime.pipeline, request.signal));
  },
});
