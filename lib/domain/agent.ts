import * as z from "zod/mini";

/** Agents that search. */
export const retrieverAgentSchema = z.enum(["naive_rag_agent", "hybrid_agent", "graph_agent"]);
export type RetrieverAgent = z.infer<typeof retrieverAgentSchema>;

/** What a caller may ask for: `auto` and `fusion_agent` mean all retrievers at once. */
export const agentTypeSchema = z.enum(["auto", "fusion_agent", ...retrieverAgentSchema.options]);
export type AgentType = z.infer<typeof agentTypeSchema>;

/** The retrievers behind a requested agent type. */
export function plannedAgents(agentType: AgentType): readonly RetrieverAgent[] {
  return agentType === "auto" || agentType === "fusion_agent" ? retrieverAgentSchema.options : [agentType];
}
