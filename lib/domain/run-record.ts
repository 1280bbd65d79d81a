import { z } from "zod";
import { agentTypeSchema, retrieverAgentSchema } from "./agent";
import { supportEvidenceSchema } from "./citation-support";
import { feedbackSchema } from "./feedback";
import { spanIdSchema } from "./ids";
import { traceLinkSchema } from "./trace-link";
import { usageSchema } from "./usage";

const milliseconds = z.number();
/** Any JSON value: inputs, outputs and attributes of spans are shown, never interpreted. */
const jsonSchema = z.json();
const attributesSchema = z.record(z.string(), jsonSchema);

export const runStatusSchema = z.enum(["running", "success", "error", "aborted"]);
export type RunStatus = z.infer<typeof runStatusSchema>;

export const runSettingsSchema = z.object({
  model: z.string(),
  temperature: z.number().nullable(),
  top_k: z.number().int(),
  context_tokens: z.number().int(),
  rerank: z.boolean(),
});
export type RunSettings = z.infer<typeof runSettingsSchema>;

export const routeMethodSchema = z.enum(["requested", "heuristic", "llm", "fallback"]);

export const routeDecisionSchema = z.object({
  span_id: spanIdSchema,
  requested_kb_prefix: z.string(),
  kb_prefix: z.string(),
  /** `<kb_prefix>:<agent_type>` */
  worker_name: z.string(),
  confidence: z.number().min(0).max(1),
  threshold: z.number().min(0).max(1),
  method: routeMethodSchema,
  reason: z.string(),
  /** The query that retrieval uses. */
  query: z.string(),
  alternatives: z.array(z.object({ kb_prefix: z.string(), confidence: z.number().min(0).max(1) })),
  signals: z.array(z.object({ term: z.string(), kb_prefix: z.string(), weight: z.number() })),
  duration_ms: milliseconds,
});
export type RouteDecision = z.infer<typeof routeDecisionSchema>;

export const planEntrySchema = z.object({
  agent_type: retrieverAgentSchema,
  top_k: z.number().int(),
  timeout_ms: milliseconds,
});
export type PlanEntry = z.infer<typeof planEntrySchema>;

export const retrievalMethodSchema = z.enum([
  "bm25_search",
  "vector_search",
  "rerank",
  "entity_linking",
  "graph_rank",
]);
export type RetrievalMethod = z.infer<typeof retrievalMethodSchema>;

export const ragRunSchema = z.object({
  span_id: spanIdSchema,
  agent_type: retrieverAgentSchema,
  query: z.string(),
  retrieval_count: z.number().int(),
  duration_ms: milliseconds,
  attempts: z.number().int(),
  error: z.string().nullable(),
  /** Characters of all results together. */
  context_length: z.number().int(),
  methods: z.array(retrievalMethodSchema),
  results: z.array(
    z.object({
      passage_id: z.string(),
      document_id: z.string(),
      title: z.string(),
      heading: z.string(),
      rank: z.number().int(),
      relevance: z.number().min(0).max(1).nullable(),
      text: z.string(),
    }),
  ),
});
export type RagRun = z.infer<typeof ragRunSchema>;

export const dropReasonSchema = z.enum(["budget", "duplicate", "below_threshold", "top_k", "disabled"]);
export type DropReason = z.infer<typeof dropReasonSchema>;

export const contextPassageSchema = z.object({
  passage_id: z.string(),
  /** The number that `[n]` in the answer refers to; null when dropped. */
  n: z.number().int().nullable(),
  /** Place in the merged ranking, from 1. */
  position: z.number().int(),
  fused_score: z.number(),
  relevance: z.number().min(0).max(1).nullable(),
  tokens: z.number().int(),
  ranks: z.partialRecord(retrieverAgentSchema, z.number().int()),
  state: z.enum(["in_prompt", "dropped"]),
  reason: dropReasonSchema.nullable(),
  cited: z.boolean(),
});
export type ContextPassage = z.infer<typeof contextPassageSchema>;

export const runContextSchema = z.object({
  span_id: spanIdSchema,
  budget_tokens: z.number().int(),
  used_tokens: z.number().int(),
  retrieved: z.number().int(),
  unique: z.number().int(),
  fusion: z.object({
    method: z.literal("rrf"),
    k: z.number(),
    /** What an agent's vote counts; 1 where it is not named. */
    weights: z.exactOptional(z.partialRecord(retrieverAgentSchema, z.number())),
  }),
  passages: z.array(contextPassageSchema),
});
export type RunContext = z.infer<typeof runContextSchema>;

export const promptOriginSchema = z.enum(["system", "memory", "context", "question"]);
export type PromptOrigin = z.infer<typeof promptOriginSchema>;

export const promptMessageSchema = z.object({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string(),
  tokens: z.number().int(),
  /** Stretches of `content` (UTF-16 offsets) by where they came from; they cover it without overlap. */
  parts: z.array(
    z.object({
      origin: promptOriginSchema,
      passage_id: z.string().nullable(),
      start: z.number().int(),
      end: z.number().int(),
      tokens: z.number().int(),
    }),
  ),
});
export type PromptMessage = z.infer<typeof promptMessageSchema>;

export const generationPurposeSchema = z.enum(["answer", "route", "rewrite", "title", "support"]);

export const generationSchema = z.object({
  span_id: spanIdSchema,
  name: z.string(),
  purpose: generationPurposeSchema,
  model: z.string(),
  parameters: attributesSchema,
  messages: z.array(promptMessageSchema),
  response: z.string(),
  usage: z.nullable(usageSchema),
  usage_source: z.enum(["provider", "estimated"]).nullable(),
  cost_usd: z.number().nullable(),
  ttft_ms: milliseconds.nullable(),
  duration_ms: milliseconds.nullable(),
  finish_reason: z.string().nullable(),
});
export type Generation = z.infer<typeof generationSchema>;

export const citationSchema = z.object({
  n: z.number().int(),
  passage_id: z.string(),
  sentence: z.string(),
  /** UTF-16 offsets of the `[n]` mark in the answer. */
  start: z.number().int(),
  end: z.number().int(),
  support: z.number().min(0).max(1).nullable(),
  /** Absent where support was not checked. */
  evidence: supportEvidenceSchema.nullable().optional(),
});
export type Citation = z.infer<typeof citationSchema>;

export const spanKindSchema = z.enum([
  "request",
  "route",
  "plan",
  "retriever",
  "embedding",
  "context",
  "generation",
]);
export type SpanKind = z.infer<typeof spanKindSchema>;

export const spanStatusSchema = z.enum(["running", "ok", "error", "aborted"]);
export type SpanStatus = z.infer<typeof spanStatusSchema>;

export const spanSchema = z.object({
  span_id: spanIdSchema,
  parent_span_id: spanIdSchema.nullable(),
  name: z.string(),
  kind: spanKindSchema,
  status: spanStatusSchema,
  /** Since the run's start. */
  offset_ms: milliseconds,
  duration_ms: milliseconds.nullable(),
  status_message: z.string().nullable(),
  input: jsonSchema,
  output: jsonSchema,
  attributes: attributesSchema,
});
export type Span = z.infer<typeof spanSchema>;

export const logLevelSchema = z.enum(["debug", "info", "warn", "error"]);
export type LogLevel = z.infer<typeof logLevelSchema>;

export const logEntrySchema = z.object({
  span_id: spanIdSchema,
  /** The span's name. */
  node: z.string(),
  node_type: spanKindSchema,
  offset_ms: milliseconds,
  duration_ms: milliseconds.nullable(),
  level: logLevelSchema,
  message: z.string(),
  input: jsonSchema,
  output: jsonSchema,
  error: z.string().nullable(),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

export const performanceMetricsSchema = z.object({
  total_duration_ms: milliseconds.nullable(),
  routing_duration_ms: milliseconds.nullable(),
  retrieval_duration_ms: milliseconds.nullable(),
  generation_duration_ms: milliseconds.nullable(),
  /** From the request's start to the first token of the answer. */
  ttft_ms: milliseconds.nullable(),
  node_count: z.number().int(),
  error_count: z.number().int(),
  usage: z.nullable(usageSchema),
  cost_usd: z.number().nullable(),
});
export type PerformanceMetrics = z.infer<typeof performanceMetricsSchema>;

/** One request, folded: what the sidebar draws, `?view=record` answers and an export file holds. */
export const runRecordSchema = z.object({
  v: z.literal(1),
  request_id: z.string(),
  session_id: z.string(),
  status: runStatusSchema,
  started_at: z.number(),
  /** The knowledge base that answered (the requested one until the route is decided). */
  kb_prefix: z.string(),
  /** As requested. */
  agent_type: agentTypeSchema,
  message: z.string(),
  answer: z.string(),
  settings: runSettingsSchema,
  regenerate_of: z.string().nullable(),
  replay_of: z.string().nullable(),
  feedback: z.nullable(feedbackSchema),
  route_decision: routeDecisionSchema.nullable(),
  rag_plan: z.array(planEntrySchema),
  rag_runs: z.array(ragRunSchema),
  context: runContextSchema.nullable(),
  generations: z.array(generationSchema),
  citations: z.array(citationSchema),
  spans: z.array(spanSchema),
  execution_log: z.array(logEntrySchema),
  performance_metrics: performanceMetricsSchema,
  trace: traceLinkSchema,
});
export type RunRecord = z.infer<typeof runRecordSchema>;
