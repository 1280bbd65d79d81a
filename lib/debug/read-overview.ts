import type { Overview } from "@/lib/domain/overview";
import { type ReadinessPorts, readReadiness } from "./readiness";

/** The settings that are shown; none of them is secret. */
interface ShownSettings {
  DEBUG_COLLECT: "role" | "all";
  DEBUG_TTL_SECONDS: number;
  EMBEDDING_MODEL?: string | undefined;
  INDEX_URI?: string | undefined;
  LANGFUSE_PUBLIC_URL: string;
  LANGFUSE_SAMPLE_RATE: number;
  LANGFUSE_TRACE: "all" | "debug";
  LANGFUSE_TRACING_ENVIRONMENT: string;
  RERANK_MODEL?: string | undefined;
}

export interface OverviewPorts extends ReadinessPorts {
  settings: ShownSettings;
  tokens: { debug: string | null; admin: string | null };
  release: string;
}

/** How this server is set up, and how its parts are now. */
export async function readOverview(ports: OverviewPorts): Promise<Overview> {
  const { settings, tokens, release } = ports;
  const { checks } = await readReadiness(ports);
  const { state, reason, version, exported, failed, pending, dropped } = checks.langfuse;
  return {
    release,
    node: process.versions.node,
    roles: { debug: tokens.debug !== null, admin: tokens.admin !== null },
    langfuse: {
      state,
      reason,
      version,
      url: state === "disabled" ? null : settings.LANGFUSE_PUBLIC_URL,
      trace: settings.LANGFUSE_TRACE,
      sample_rate: settings.LANGFUSE_SAMPLE_RATE,
      environment: settings.LANGFUSE_TRACING_ENVIRONMENT,
      counts: { exported, failed, pending, dropped },
    },
    debug_store: {
      ...checks.debug_store,
      collect: settings.DEBUG_COLLECT,
      ttl_seconds: settings.DEBUG_TTL_SECONDS,
    },
    model: {
      state: checks.llm.state,
      name: checks.llm.model,
      embedding: settings.EMBEDDING_MODEL ?? null,
      reranker: settings.RERANK_MODEL ?? null,
    },
    index: { ...checks.index, place: settings.INDEX_URI === undefined ? "folder" : "object_storage" },
  };
}
