import useSWR from "swr";
import { ApiFailure, sendJson } from "@/components/chat/data/api-client";
import { type SearchResult, searchAnswerSchema } from "@/lib/domain/search";
import { type BenchAgent, type BenchQuery, inOrder } from "./bench-query";

/** What one agent found, or why it could not search; an unreachable server has no `message`. */
export type AgentAnswer = { agent: BenchAgent } & (
  | { state: "found"; results: SearchResult[]; durationMs: number }
  | { state: "failed"; message: string | null }
);

/**
 * Asks each agent in turn, so that none of them is slowed down by another and the times can be compared.
 * Nothing is asked before there is a question and a knowledge base.
 */
export function useBenchSearch(query: BenchQuery) {
  const { q, kb, k, history } = query;
  const agents = inOrder(query.agents);
  const key =
    q === "" || kb === "" ? null : (["bench", q, kb, k, history.join("\n"), agents.join()] as const);
  const { data, isValidating, mutate } = useSWR(
    key,
    async () => {
      const answers: AgentAnswer[] = [];
      for (const agent of agents) answers.push(await askAgent(agent, query));
      return answers;
    },
    {
      revalidateOnFocus: false,
      revalidateIfStale: false,
      revalidateOnReconnect: false,
      keepPreviousData: true,
    },
  );
  return { answers: key === null ? undefined : data, searching: isValidating, again: () => void mutate() };
}

async function askAgent(agent: BenchAgent, { q, kb, k, history }: BenchQuery): Promise<AgentAnswer> {
  try {
    const body = { query: q, kb_prefix: kb, agent_type: agent, top_k: k, history };
    const answer = searchAnswerSchema.parse(await (await sendJson("POST", "/api/search", body)).json());
    return { agent, state: "found", results: answer.results, durationMs: answer.duration_ms };
  } catch (error) {
    return { agent, state: "failed", message: error instanceof ApiFailure ? error.message : null };
  }
}
