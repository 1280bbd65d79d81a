import type { Settings } from "@/lib/env";
import { routes } from "@/lib/http/routes";
import type { Caller } from "@/lib/security/access";

/** Who asks, which model answers, and what is recorded beyond the user's own conversation. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET({ caller, runtime }) {
    const { model } = runtime.pipeline;
    const { settings, sink } = runtime;
    const isTraced = settings.LANGFUSE_TRACE === "all" || isRecorded(caller, settings);
    const langfuse = sink.enabled && settings.LANGFUSE_SAMPLE_RATE > 0 && isTraced;
    return Response.json(
      {
        roles: caller.roles,
        model: { name: model.defaultModel, extractive: model.extractive },
        recording: {
          debug: settings.DEBUG_COLLECT,
          debug_ttl_seconds: settings.DEBUG_TTL_SECONDS,
          langfuse,
          langfuse_host: langfuse ? new URL(settings.LANGFUSE_PUBLIC_URL).host : null,
        },
      },
      { headers: { "cache-control": "no-store" } },
    );
  },
});

function isRecorded({ roles }: Caller, { DEBUG_COLLECT }: Settings): boolean {
  return DEBUG_COLLECT === "all" || roles.includes("debug");
}
