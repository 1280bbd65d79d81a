import * as z from "zod/mini";
import { RETRIEVER_AGENTS, type RetrieverAgent } from "./agent-names";

export const retrieverAgentSchema = z.enum(RETRIEVER_AGENTS);

/** What a caller may ask for: `auto` and `fusion_agent` mean all retrievers at once. */
export const agentTypeSchema = z.enum(["auto", "fusion_agent", ...RETRIEVER_AGENTS]);
export type AgentType = z.infer<typeof agentTypeSchema>;

/** The retrievers behind a requested agent type. */
export function plannedAgents(agentType: AgentType): readonly RetrieverAgent[] {
  return agentType === "auto" || agentType === "fusion_agent" ? RETRIEVER_AGENTS : [agentType];
}
