import { routes } from "@/lib/http/routes";

/** Who asks, which model answers, and what is recorded beyond the user's own conversation. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET({ caller, runtime }) {
    const { model } = runtime.pipeline;
    return Response.json(
      {
        roles: caller.roles,
        model: { name: model.defaultModel, extractive: model.extractive },
        recording: { langfuse: runtime.sink.enabled, debug: runtime.settings.DEBUG_COLLECT },
      },
      { headers: { "cache-control": "no-store" } },
    );
  },
});
