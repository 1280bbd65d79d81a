/** Agents that search. */
export const RETRIEVER_AGENTS = ["naive_rag_agent", "hybrid_agent", "graph_agent"] as const;
export type RetrieverAgent = (typeof RETRIEVER_AGENTS)[number];
