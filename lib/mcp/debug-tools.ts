import { z } from "zod";
import type { ChatPorts } from "@/lib/chat/question";
import { searchPassages } from "@/lib/chat/search-passages";
import { listRuns } from "@/lib/debug/list-runs";
import { type DebugPorts, readRunRecord } from "@/lib/debug/read-run";
import { agentTypeSchema } from "@/lib/domain/agent";
import { feedbackValueSchema } from "@/lib/domain/feedback";
import { runIdSchema } from "@/lib/domain/ids";
import { kbPrefixSchema } from "@/lib/domain/knowledge-base";
import { runSortSchema } from "@/lib/domain/run-list";
import { type RunRecord, runStatusSchema } from "@/lib/domain/run-record";
import { withoutUnset } from "@/lib/http/without-unset";
import { compareRuns } from "@/lib/run-view/compare-runs";

export interface ToolPorts {
  debug: DebugPorts;
  pipeline: Pick<ChatPorts, "index" | "retrievers" | "clock" | "ids">;
}

/** Told of each run that a tool reads. */
export type OnRead = (requestId: string, tool: "get_run" | "compare_runs") => Promise<void>;

/** Something a coding agent can ask for. All of them only read. */
export interface DebugTool {
  name: string;
  title: string;
  description: string;
  inputSchema: z.ZodObject;
  /** Throws `AppError` for what cannot be answered. */
  call(input: unknown, signal: AbortSignal): Promise<object>;
}

function defineTool<S extends z.ZodObject>(
  tool: Omit<DebugTool, "inputSchema" | "call"> & {
    inputSchema: S;
    call(input: z.infer<S>, signal: AbortSignal): Promise<object>;
  },
): DebugTool {
  return { ...tool, call: (input, signal) => tool.call(tool.inputSchema.parse(input), signal) };
}

const requestId = runIdSchema.describe("request_id of a run, as list_runs and X-Request-Id give it");

/** A tool's input is told to its callers as JSON Schema, which only schemas of the whole zod can be made into. */
const agentSchema = z.enum(agentTypeSchema.options);

const listSchema = z.strictObject({
  q: z.string().max(500).optional().describe("text to find in question, answer or request_id"),
  status: runStatusSchema.optional(),
  kb_prefix: z.string().max(32).optional().describe("knowledge base that answered"),
  agent_type: agentSchema.optional().describe("agent that searched"),
  model: z.string().max(200).optional(),
  min_ms: z.int().min(0).optional().describe("only runs that took at least so many milliseconds"),
  feedback: z.enum(feedbackValueSchema.options).optional(),
  session_id: z.uuid().optional().describe("only runs of this conversation"),
  sort: runSortSchema.default("time").describe("highest first; unknown values last"),
  limit: z.int().min(1).max(50).default(20),
  before: z.string().max(500).optional().describe("next of the page before"),
});

const PARTS = {
  route: ["route_decision"],
  retrieval: ["rag_plan", "rag_runs", "context", "citations"],
  prompt: ["generations"],
  timeline: ["spans"],
  log: ["execution_log"],
} as const satisfies Record<string, readonly (keyof RunRecord)[]>;
const partSchema = z.enum(["route", "retrieval", "prompt", "timeline", "log"]);

const getSchema = z.strictObject({
  request_id: requestId,
  parts: z
    .array(partSchema)
    .max(5)
    .default(["route", "retrieval"])
    .describe("what to give besides question, answer, settings and figures; ask for few, they are long"),
});

const searchSchema = z.strictObject({
  query: z.string().trim().min(1).max(8000),
  kb_prefix: kbPrefixSchema.describe("knowledge base to search"),
  agent_type: agentSchema.default("auto").describe("auto merges what all agents find"),
  top_k: z.int().min(1).max(20).default(5),
});

const compareSchema = z.strictObject({ a: requestId, b: requestId });

/** What `/api/mcp` offers. */
export function createDebugTools({ debug, pipeline }: ToolPorts, onRead: OnRead): DebugTool[] {
  const read = async (requestId: string, tool: Parameters<OnRead>[1]): Promise<RunRecord> => {
    const record = await readRunRecord(requestId, debug);
    await onRead(requestId, tool);
    return record;
  };
  return [
    defineTool({
      name: "list_runs",
      title: "List runs",
      description:
        "The last answered requests over all conversations, with status, duration, tokens, cost and feedback.",
      inputSchema: listSchema,
      call: (input) => listRuns(withoutUnset(input), debug.runs),
    }),
    defineTool({
      name: "get_run",
      title: "Get a run",
      description:
        "One request: question, answer, settings and figures, and the parts asked for (route, retrieval, prompt, timeline, log).",
      inputSchema: getSchema,
      call: async ({ request_id, parts }) => pickParts(await read(request_id, "get_run"), parts),
    }),
    defineTool({
      name: "search_passages",
      title: "Search passages",
      description:
        "Retrieval alone: the passages of a knowledge base that an agent, or all of them merged, finds for a query.",
      inputSchema: searchSchema,
      call: (input, signal) => searchPassages({ ...input, history: [] }, pipeline, signal),
    }),
    defineTool({
      name: "compare_runs",
      title: "Compare two runs",
      description:
        "What differs between two requests: figures, settings, route, passages, prompt and answer.",
      inputSchema: compareSchema,
      call: async ({ a, b }) => {
        const [first, second] = await Promise.all([read(a, "compare_runs"), read(b, "compare_runs")]);
        return compareRuns(first, second);
      },
    }),
  ];
}

function pickParts(record: RunRecord, parts: readonly z.infer<typeof partSchema>[]): Partial<RunRecord> {
  const left = new Set<string>(Object.values(PARTS).flat());
  for (const key of parts.flatMap((part) => PARTS[part])) left.delete(key);
  return Object.fromEntries(Object.entries(record).filter(([key]) => !left.has(key)));
}
