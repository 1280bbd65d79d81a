import type { BenchAgent } from "./bench-query";
import type { AgentAnswer } from "./use-bench-search";

/** How the lists of several agents overlap. */
export interface Overlap {
  /** Different passages over all lists. */
  passages: number;
  /** Passages that every agent found. */
  shared: number;
  /** Rank of each passage with each agent that found it. */
  ranks: ReadonlyMap<string, ReadonlyMap<BenchAgent, number>>;
  /**
   * For each agent, passages that no other retriever found. The merged list has none of its own, so it
   * neither counts nor takes part.
   */
  alone: ReadonlyMap<BenchAgent, number>;
}

type Answers = readonly AgentAnswer[];

export function compareAgents(answers: Answers): Overlap {
  const found = answers.filter((answer) => answer.state === "found");
  const ranks = new Map<string, Map<BenchAgent, number>>();
  for (const { agent, results } of found) {
    for (const { passage_id, rank } of results) {
      const own = ranks.get(passage_id) ?? new Map<BenchAgent, number>();
      ranks.set(passage_id, own.set(agent, rank));
    }
  }
  const finders = [...ranks.values()];
  const retrievers = found.map(({ agent }) => agent).filter(isRetriever);
  const foundAlone = (agent: BenchAgent) =>
    finders.filter((own) => own.has(agent) && [...own.keys()].filter(isRetriever).length === 1).length;
  return {
    passages: ranks.size,
    shared: finders.filter((own) => own.size === found.length).length,
    ranks,
    alone: new Map(retrievers.map((agent) => [agent, foundAlone(agent)])),
  };
}

function isRetriever(agent: BenchAgent): boolean {
  return agent !== "fusion_agent";
}
