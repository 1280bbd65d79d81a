import { toTraceId } from "@/lib/domain/ids";
import type { TraceLink } from "@/lib/domain/trace-link";
import { isSampled, moveLink, pendingLink, sampledOutLink, traceUrl } from "./link-state";
import type { Presence } from "./presence";
import type { ServerFacts } from "./server-facts";
import type { TraceSinkOptions } from "./trace-sink-options";

type LinkOptions = Pick<TraceSinkOptions, "trace" | "sampleRate" | "publicUrl">;

/** How a link begins, and how it becomes visible. */
export function createTraceLinks(options: LinkOptions, presence: Presence, facts: ServerFacts) {
  function initialLink(requestId: string, debug: boolean): TraceLink {
    if (options.trace === "debug" && !debug) {
      return sampledOutLink("Only debugged requests are traced (LANGFUSE_TRACE=debug)");
    }
    if (isSampled(requestId, options.sampleRate)) return pendingLink();
    return sampledOutLink(`Left out by LANGFUSE_SAMPLE_RATE=${options.sampleRate}`);
  }

  async function checkVisible(requestId: string, link: TraceLink): Promise<TraceLink> {
    if (link.state !== "exported") return link;
    const traceId = toTraceId(requestId);
    const projectId = (await presence.isVisible(traceId)) ? await facts.projectId() : null;
    if (projectId === null) return link;
    return moveLink(link, { type: "seen", url: traceUrl(options.publicUrl, projectId, traceId) });
  }

  return { initialLink, checkVisible };
}
